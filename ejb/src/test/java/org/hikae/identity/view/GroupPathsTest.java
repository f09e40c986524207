package org.hikae.identity.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupPathsTest {

  @Test
  void who_is_in_a_group_is_in_all_groups_above_it() {
    assertThat(GroupPaths.withParents(Set.of("/sales/emea/north", "/it")))
        .containsExactlyInAnyOrder("/sales/emea/north", "/sales/emea", "/sales", "/it");
    assertThat(GroupPaths.withParents(Set.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sales", "/sales/emea", "/営業部"})
  void a_path_begins_with_a_slash_and_names_each_group(String path) {
    assertThat(GroupPaths.isValid(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "/", "sales", "/sales/", "//sales", "/a//b", "**", "/a\u0000", "/a\n"})
  void nothing_else_is_a_path(String path) {
    assertThat(GroupPaths.isValid(path)).isFalse();
  }

  @Test
  void a_path_has_at_most_255_characters() {
    assertThat(GroupPaths.isValid("/" + "x".repeat(254))).isTrue();
    assertThat(GroupPaths.isValid("/" + "x".repeat(255))).isFalse();
  }
}

package org.hikae.http.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hikae.problem.control.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HK1-R-08: entity tags of what people edit. */
class EntityTagsTest {

  @Test
  void one_tag_names_an_edition_and_no_header_names_none() {
    assertThat(EntityTags.given("\"7\"")).isEqualTo(7);
    assertThat(EntityTags.given(null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "7", "*", "W/\"7\"", "\"7\", \"8\"", "\"-1\"", "\"9999999999999999999\""})
  void anything_else_is_refused_and_not_taken_for_none(String ifMatch) {
    assertThatThrownBy(() -> EntityTags.given(ifMatch)).isInstanceOf(Refusal.class);
  }

  @Test
  void what_the_client_has_is_known_by_any_of_its_tags() {
    assertThat(EntityTags.known("\"7\"", 7)).isTrue();
    assertThat(EntityTags.known("\"6\" , W/\"7\"", 7)).isTrue();
    assertThat(EntityTags.known("*", 7)).isTrue();
    assertThat(EntityTags.known("\"77\"", 7)).isFalse();
    assertThat(EntityTags.known("7", 7)).isFalse();
    assertThat(EntityTags.known(null, 7)).isFalse();
  }
}

package org.hikae.caller.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which groups of a token count. */
class CurrentCallerTest {

  private static final String SCOPE = "/hikae-scope/Sales";

  @Test
  void groups_are_paths_in_whatever_form_the_token_has_them() {
    assertThat(CurrentCaller.groups(List.of("/Sales", "/IT"))).containsOnly("/Sales", "/IT");
    assertThat(CurrentCaller.groups(List.of("Sales", 7, "/IT"))).containsOnly("/IT");
    assertThat(CurrentCaller.groups(SCOPE)).containsOnly(SCOPE);
    assertThat(CurrentCaller.groups(7)).isEmpty();
    assertThat(CurrentCaller.groups(null)).isEmpty();
  }

  @Test
  void what_bounds_the_caller_counts_however_many_groups_there_are() {
    List<String> many = new ArrayList<>(IntStream.range(0, 300).mapToObj(i -> "/g" + i).toList());
    many.add(SCOPE);
    assertThat(CurrentCaller.groups(many)).hasSize(200).contains(SCOPE);
  }
}

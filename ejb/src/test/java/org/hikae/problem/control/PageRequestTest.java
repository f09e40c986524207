package org.hikae.problem.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

  private static final int MAX = 200;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, MAX - 1, MAX})
  void as_many_as_a_list_gives_may_be_asked_for(int limit) {
    assertThat(new PageRequest(limit).within(MAX)).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, MAX + 1, Integer.MAX_VALUE})
  void another_number_is_refused(int limit) {
    PageRequest page = new PageRequest(limit);
    assertThatThrownBy(() -> page.within(MAX))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.code()).isEqualTo(ProblemCode.MALFORMED);
              assertThat(r.reason()).isEqualTo("limit must be a number from 1 to 200.");
            });
  }

  @Test
  void a_list_of_one_gives_one() {
    assertThat(new PageRequest(1).within(1)).isEqualTo(1);
  }
}

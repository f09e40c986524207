package org.hikae.http.parameter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryNumbersTest {

  @Test
  void reads_numbers_within_their_bounds() {
    assertThat(QueryNumbers.between("limit", "7", 50, 1, 200)).isEqualTo(7);
    assertThat(QueryNumbers.between("limit", null, 50, 1, 200)).isEqualTo(50);
    assertThat(QueryNumbers.id("employeeId", "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "0",
        "-1",
        "+1",
        " 1",
        "1e3",
        "0x1",
        "1.0",
        "\uff11",
        "\u0661",
        "\u0967",
        "1\u0000",
        "9223372036854775808",
        "99999999999999999999",
      })
  void refuses_everything_else(String text) {
    assertThatThrownBy(() -> QueryNumbers.id("employeeId", text))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(ProblemCode.MALFORMED));
  }
}

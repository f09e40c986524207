package org.hikae.problem.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProblemCodeTest {

  @Test
  void a_code_is_the_name_in_small_letters_and_goes_with_an_error() {
    for (ProblemCode problem : ProblemCode.values()) {
      assertThat(problem.code().replace('-', '_')).isEqualToIgnoringCase(problem.name());
      assertThat(problem.status()).as("%s", problem).isBetween(400, 599);
    }
    assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
    assertThat(ProblemCode.NOT_FOUND.status()).isEqualTo(404);
  }
}

package org.hikae.policy.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.hikae.policy.control.PolicyKey;
import org.junit.jupiter.api.Test;

class PolicySectionTest {

  /** What stands in none could not be filled in, and what stands in two would be saved twice. */
  @Test
  void every_value_stands_in_one_section() {
    assertThat(Arrays.stream(PolicySection.values()).flatMap(part -> part.keys().stream()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(PolicyKey.values()).map(PolicyKey::wireName).toList());
  }
}

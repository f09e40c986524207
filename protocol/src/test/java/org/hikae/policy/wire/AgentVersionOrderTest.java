package org.hikae.policy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentVersionOrderTest {

  @ParameterizedTest
  @CsvSource({
    "1.2.3, 1.2.3, false",
    "1.2.2, 1.2.3, true",
    "1.2.4, 1.2.3, false",
    "1.1.9, 1.2, true",
    "1.3, 1.2.9, false",
    "0.9.9, 1, true",
    "2, 1.9.9, false",
    "1.2, 1.2.0, false",
    "1.10, 1.9, false",
    "1.2-SNAPSHOT, 1.2, false",
    "1.2-SNAPSHOT, 1.2.1, true",
    "unknown, 0.0.1, true",
    "unknown, 0, false",
    "1234567, 1, true",
    "v2, 1, true"
  })
  void versions_are_compared_number_by_number(String version, String minimum, boolean older) {
    assertThat(AgentVersionOrder.isOlder(version, minimum)).isEqualTo(older);
  }
}

package org.hikae.enrollment.update.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As {@code dpkg --compare-versions} says. */
class DebianVersionComparatorTest {

  @Test
  void versions_come_in_debians_order() {
    List<String> ordered =
        List.of(
            "1.0~~",
            "1.0~rc1",
            "1.0~rc2",
            "1.0",
            "1.0-1",
            "1.0-2",
            "1.0a",
            "1.0+b1",
            "1.0.1",
            "1.1.0-SNAPSHOT",
            "1.1.0~2026",
            "1.1.0",
            "1.2",
            "1.10",
            "2",
            "10");
    for (int i = 0; i < ordered.size(); i++) {
      for (int j = 0; j < ordered.size(); j++) {
        int order = DebianVersionComparator.OLDEST_FIRST.compare(ordered.get(i), ordered.get(j));
        assertThat(Integer.signum(order))
            .as(ordered.get(i) + " and " + ordered.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1.0,1.00", "1.0,1.0", "1.,1.0", "0001,1"})
  void numbers_count_by_their_value(String one, String other) {
    assertThat(DebianVersionComparator.OLDEST_FIRST.compare(one, other)).isZero();
  }
}

package org.hikae.insight.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectedDayTest {

  /** 199 of 200 is not all, and nobody's nothing is none. */
  @ParameterizedTest
  @CsvSource({"200, 200, 100", "200, 199, 99", "200, 1, 0", "3, 2, 66", "0, 0, 0"})
  void the_share_is_rounded_down(long devices, long fresh, int percent) {
    assertThat(new ProtectedDay(LocalDate.EPOCH, Instant.EPOCH, 9, 9, devices, fresh).percent())
        .isEqualTo(percent);
  }
}

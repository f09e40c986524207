package org.hikae.insight.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.hikae.insight.entity.CoverageFigures.DeviceFigure;
import org.junit.jupiter.api.Test;

class SharedCoverageTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final DeviceFigure FIRST = new DeviceFigure(1, 1, 0, 0);
  private static final DeviceFigure SECOND = new DeviceFigure(2, 1, 0, 1);

  private final SharedCoverage shared = new SharedCoverage();

  @Test
  void counts_once_for_all_who_ask_within_a_moment_and_anew_after_it() {
    assertThat(shared.get(NOW, () -> FIRST)).isEqualTo(FIRST);
    Instant last = NOW.plus(SharedCoverage.AGE).minusMillis(1);
    assertThat(shared.get(last, () -> SECOND)).isEqualTo(FIRST);
    assertThat(shared.get(NOW.plus(SharedCoverage.AGE), () -> SECOND)).isEqualTo(SECOND);
  }

  @Test
  void counts_anew_when_the_clock_was_set_back() {
    assertThat(shared.get(NOW, () -> FIRST)).isEqualTo(FIRST);
    assertThat(shared.get(NOW.minusMillis(1), () -> SECOND)).isEqualTo(SECOND);
  }
}

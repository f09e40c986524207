package org.hikae.diagnostics.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiagnosticsRulesTest {

  private static final Instant NOW = DiagnosticsFixture.AT;

  /** One an hour, the newest now. */
  private static List<Instant> received(int count) {
    return IntStream.range(0, count).mapToObj(hours -> NOW.minus(Duration.ofHours(hours))).toList();
  }

  @Test
  void the_eleventh_of_a_day_waits_for_the_first_to_be_a_day_old() {
    assertThat(DiagnosticsRules.secondsUntilNext(List.of(), NOW)).isEmpty();
    assertThat(DiagnosticsRules.secondsUntilNext(received(9), NOW)).isEmpty();
    assertThat(DiagnosticsRules.secondsUntilNext(received(10), NOW))
        .hasValue(Math.toIntExact(Duration.ofHours(15).toSeconds()) + 1);
    assertThat(DiagnosticsRules.secondsUntilNext(received(10), NOW.plus(Duration.ofHours(15))))
        .isEmpty();
  }

  /** One second less would have the client come too early. */
  @Test
  void less_than_a_second_is_one() {
    Instant almost = NOW.plus(Duration.ofHours(15)).minusMillis(1);
    assertThat(DiagnosticsRules.secondsUntilNext(received(10), almost)).hasValue(1);
  }
}

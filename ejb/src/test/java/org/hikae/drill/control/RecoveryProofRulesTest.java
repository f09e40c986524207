package org.hikae.drill.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which clocks are believed, and how often a device may show something. */
class RecoveryProofRulesTest {

  private static final Instant NOW = Instant.parse("2026-12-02T10:00:00Z");

  @Test
  void a_clock_may_be_a_little_ahead_and_a_proof_some_weeks_old() {
    Instant latest = NOW.plus(Duration.ofMinutes(10));
    Instant oldest = NOW.minus(Duration.ofDays(60));
    assertThat(RecoveryProofRules.isTimely(latest, NOW)).isTrue();
    assertThat(RecoveryProofRules.isTimely(latest.plusSeconds(1), NOW)).isFalse();
    assertThat(RecoveryProofRules.isTimely(oldest, NOW)).isTrue();
    assertThat(RecoveryProofRules.isTimely(oldest.minusSeconds(1), NOW)).isFalse();
  }

  @Test
  void one_of_a_kind_is_taken_an_hour() {
    assertThat(RecoveryProofRules.secondsUntilNext(NOW, NOW.plusSeconds(3599))).hasValue(1);
    assertThat(RecoveryProofRules.secondsUntilNext(NOW, NOW.plusSeconds(3600))).isEmpty();
  }
}

package org.hikae.device.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.hikae.drill.wire.RecoveryProof;
import org.hikae.drill.wire.RecoveryProofKind;
import org.junit.jupiter.api.Test;

/** When a drill or a practice is due, also by a clock that was wrong. */
class ProofHistoryTest {

  private static final Instant NOW = Instant.parse("2026-12-02T10:00:00Z");
  private static final String ID = "0123456789abcdef0123456789abcdef";

  private static RecoveryProof practice(Instant at) {
    return new RecoveryProof(1, RecoveryProofKind.PRACTICE, at, ID, 1, null, 0, 0, "");
  }

  private static Instant after(int days) {
    return NOW.plus(Duration.ofDays(days));
  }

  @Test
  void a_drill_is_due_after_its_days_and_tried_once_a_day() {
    assertThat(ProofHistory.NONE.drillDue(30, NOW)).isTrue();
    assertThat(ProofHistory.NONE.drillDue(0, NOW)).isFalse();
    assertThat(ProofHistory.NONE.tried(NOW).drillDue(30, NOW)).isFalse();
    assertThat(ProofHistory.NONE.tried(NOW).drillDue(30, after(1))).isTrue();
  }

  @Test
  void practice_is_asked_for_after_its_days_and_once_a_week() {
    ProofHistory practised = ProofHistory.NONE.with(practice(NOW));
    assertThat(practised.practiceDue(90, after(89))).isFalse();
    assertThat(practised.practiceDue(90, after(90))).isTrue();
    assertThat(practised.practiceDue(0, after(90))).isFalse();
    assertThat(practised.asked(after(90)).practiceDue(90, after(96))).isFalse();
    assertThat(practised.asked(after(90)).practiceDue(90, after(97))).isTrue();
  }

  @Test
  void a_time_in_the_future_is_of_a_wrong_clock() {
    ProofHistory ahead = ProofHistory.NONE.with(practice(after(500)));
    assertThat(ahead.practiceDue(90, NOW)).isTrue();
  }

  @Test
  void only_the_newest_of_a_kind_waits() {
    ProofHistory two = ProofHistory.NONE.with(practice(NOW)).with(practice(after(1)));
    assertThat(two.waiting()).containsExactly(practice(after(1)));
    assertThat(two.without(practice(after(1))).waiting()).isEmpty();
  }
}

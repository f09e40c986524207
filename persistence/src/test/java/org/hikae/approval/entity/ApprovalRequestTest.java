package org.hikae.approval.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.hikae.approval.value.ApprovalState;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

/** A request is decided once and within its time (HK1-P-09). */
class ApprovalRequestTest {

  private static final Instant ASKED = Instant.parse("2026-03-01T10:00:00Z");

  private final ApprovalRequest request =
      new ApprovalRequest("test", "{}", 5L, "https://id/realms/a", "ann", ASKED);

  private void decided(ApprovalState decision, Instant at) {
    request.decide(decision, "https://id/realms/a", "ben", at);
  }

  @Test
  void it_can_be_approved_for_a_day_and_no_longer() {
    Instant end = ASKED.plus(Duration.ofHours(24));
    assertThat(request.stateAt(end.minusNanos(1))).isEqualTo(ApprovalState.PENDING);
    assertThat(request.stateAt(end)).isEqualTo(ApprovalState.EXPIRED);
    assertThatThrownBy(() -> decided(ApprovalState.APPROVED, end))
        .isInstanceOf(IllegalStateException.class);
    decided(ApprovalState.APPROVED, end.minusNanos(1));
    assertThat(request.stateAt(end)).isEqualTo(ApprovalState.APPROVED);
  }

  @Test
  void it_is_decided_once() {
    decided(ApprovalState.REJECTED, ASKED);
    assertThat(request.stateAt(ASKED.plus(Duration.ofDays(2)))).isEqualTo(ApprovalState.REJECTED);
    assertThatThrownBy(() -> decided(ApprovalState.APPROVED, ASKED))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nobody_decides_that_it_is_too_late() {
    assertThatThrownBy(() -> decided(ApprovalState.EXPIRED, ASKED))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void its_hash_is_that_of_the_whole_change() {
    assertThat(request.changeHash()).isEqualTo(Hash256.sha256(new byte[] {'{', '}'}).hex());
  }
}

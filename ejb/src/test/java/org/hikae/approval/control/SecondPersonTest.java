package org.hikae.approval.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hikae.approval.entity.ApprovalRequest;
import org.hikae.approval.entity.ApprovalState;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;

/** Each rule that makes an approval worth something (HK1-P-07 to HK1-P-09). */
class SecondPersonTest {

  private static final Instant ASKED = Instant.parse("2026-03-01T10:00:00Z");
  private static final Person ANN = new Person("https://id/realms/a", "ann");
  private static final Person BEN = new Person("https://id/realms/a", "ben");
  private static final Person EVA = new Person("https://id/realms/a", "eva");
  private static final String CHANGE = "{\"holdDays\":3}";

  private final ApprovalRequest request =
      new ApprovalRequest("test", CHANGE, 5L, ANN.issuer(), ANN.subject(), ASKED);

  private void approve(Person approver, String hash, Instant at) {
    SecondPerson.requireMayApprove(request, approver, Optional.of(EVA), hash, at);
  }

  private void refused(ProblemCode code, Person approver, String hash, Instant at) {
    assertThatThrownBy(() -> approve(approver, hash, at))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void another_administrator_who_saw_the_change_may() {
    approve(BEN, ApprovalRequest.hash(CHANGE), ASKED.plusSeconds(1));
  }

  @Test
  void neither_who_asked_nor_whom_it_concerns_may() {
    refused(ProblemCode.ANOTHER_PERSON, ANN, request.changeHash(), ASKED);
    refused(ProblemCode.ANOTHER_PERSON, EVA, request.changeHash(), ASKED);
  }

  @Test
  void people_are_told_apart_by_realm_and_sub() {
    approve(new Person("https://id/realms/b", "ann"), request.changeHash(), ASKED);
    approve(new Person("https://id/realms/b", "eva"), request.changeHash(), ASKED);
  }

  @Test
  void another_change_than_was_seen_is_refused() {
    refused(ProblemCode.CONFLICT, BEN, ApprovalRequest.hash(CHANGE + " "), ASKED);
    refused(ProblemCode.CONFLICT, BEN, "", ASKED);
  }

  @Test
  void it_can_be_approved_for_a_day_and_no_longer() {
    Instant end = ASKED.plus(Duration.ofHours(24));
    approve(BEN, request.changeHash(), end.minusNanos(1));
    assertThat(request.stateAt(end)).isEqualTo(ApprovalState.EXPIRED);
    refused(ProblemCode.APPROVAL_CLOSED, BEN, request.changeHash(), end);
    assertThatThrownBy(() -> request.decide(ApprovalState.APPROVED, "i", "s", end))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void it_is_decided_once() {
    request.decide(ApprovalState.REJECTED, BEN.issuer(), BEN.subject(), ASKED);
    refused(ProblemCode.APPROVAL_CLOSED, BEN, request.changeHash(), ASKED);
    assertThat(request.stateAt(ASKED.plus(Duration.ofDays(2)))).isEqualTo(ApprovalState.REJECTED);
    assertThatThrownBy(() -> request.decide(ApprovalState.APPROVED, "i", "s", ASKED))
        .isInstanceOf(IllegalStateException.class);
  }
}

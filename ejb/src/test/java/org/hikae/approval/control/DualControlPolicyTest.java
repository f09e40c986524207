package org.hikae.approval.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.hikae.approval.control.DualControlPolicy.RequestedChange;
import org.hikae.approval.value.ApprovalState;
import org.hikae.approval.view.ApprovalAction;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule that makes an approval worth something (HK1-P-07 to HK1-P-09). */
class DualControlPolicyTest {

  private static final PersonId ANN = new PersonId("https://id/realms/a", "ann");
  private static final PersonId BEN = new PersonId("https://id/realms/a", "ben");
  private static final PersonId EVA = new PersonId("https://id/realms/a", "eva");
  private static final String HASH = "5f";

  private static RequestedChange change(ApprovalState state) {
    return new RequestedChange(ANN, Optional.of(EVA), HASH, state);
  }

  private static void approve(PersonId approver, String hash) {
    DualControlPolicy.requireMayApprove(change(ApprovalState.PENDING), approver, hash);
  }

  private static void refused(ProblemCode code, Runnable decision) {
    assertThatThrownBy(decision::run)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void another_administrator_who_saw_the_change_may() {
    approve(BEN, HASH);
    DualControlPolicy.requireMay(ApprovalAction.REJECT, change(ApprovalState.PENDING), BEN);
  }

  @Test
  void neither_who_asked_nor_whom_it_concerns_may() {
    for (PersonId concerned : new PersonId[] {ANN, EVA}) {
      refused(ProblemCode.ANOTHER_PERSON, () -> approve(concerned, HASH));
      refused(
          ProblemCode.ANOTHER_PERSON,
          () ->
              DualControlPolicy.requireMay(
                  ApprovalAction.REJECT, change(ApprovalState.PENDING), concerned));
    }
  }

  @Test
  void a_change_that_concerns_nobody_takes_another_person_too() {
    RequestedChange change =
        new RequestedChange(ANN, Optional.empty(), HASH, ApprovalState.PENDING);
    DualControlPolicy.requireMayApprove(change, EVA, HASH);
    refused(
        ProblemCode.ANOTHER_PERSON, () -> DualControlPolicy.requireMayApprove(change, ANN, HASH));
  }

  @Test
  void people_are_told_apart_by_realm_and_sub() {
    approve(new PersonId("https://id/realms/b", "ann"), HASH);
    approve(new PersonId("https://id/realms/b", "eva"), HASH);
  }

  @Test
  void another_change_than_was_seen_is_refused() {
    refused(ProblemCode.CONFLICT, () -> approve(BEN, "5F"));
    refused(ProblemCode.CONFLICT, () -> approve(BEN, ""));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PENDING")
  void what_is_decided_or_too_late_stays_so(ApprovalState state) {
    refused(
        ProblemCode.APPROVAL_CLOSED,
        () -> DualControlPolicy.requireMayApprove(change(state), BEN, HASH));
    for (ApprovalAction action : ApprovalAction.values()) {
      PersonId person = action == ApprovalAction.WITHDRAW ? ANN : BEN;
      refused(
          ProblemCode.APPROVAL_CLOSED,
          () -> DualControlPolicy.requireMay(action, change(state), person));
    }
    for (PersonId person : List.of(ANN, BEN, EVA)) {
      assertThat(DualControlPolicy.actions(change(state), person)).isEmpty();
    }
  }

  @Test
  void each_is_offered_what_would_not_be_refused() {
    RequestedChange change = change(ApprovalState.PENDING);
    assertThat(DualControlPolicy.actions(change, ANN)).containsExactly(ApprovalAction.WITHDRAW);
    assertThat(DualControlPolicy.actions(change, BEN))
        .containsExactly(ApprovalAction.APPROVE, ApprovalAction.REJECT);
    assertThat(DualControlPolicy.actions(change, EVA)).isEmpty();
  }

  @Test
  void only_who_asked_withdraws() {
    RequestedChange change = change(ApprovalState.PENDING);
    DualControlPolicy.requireMay(ApprovalAction.WITHDRAW, change, ANN);
    for (PersonId other : List.of(BEN, EVA)) {
      refused(
          ProblemCode.FORBIDDEN,
          () -> DualControlPolicy.requireMay(ApprovalAction.WITHDRAW, change, other));
    }
  }
}

package org.hikae.approval.control;

import java.util.Optional;
import org.hikae.approval.value.ApprovalState;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * What makes an approval worth something: it is another person's than who asked and whom it
 * concerns, about exactly the change that they saw, and in time.
 */
public final class DualControlPolicy {

  private DualControlPolicy() {}

  /**
   * A change that waits for somebody else to agree.
   *
   * @param requestedBy who asked for it
   * @param subject whom it concerns, if it is one employee
   * @param changeHash SHA-256 of it
   * @param state where it stands now
   */
  public record RequestedChange(
      PersonId requestedBy, Optional<PersonId> subject, String changeHash, ApprovalState state) {}

  /**
   * Lets the approval pass or refuses it.
   *
   * @param seenHash SHA-256 of the change that the approver saw
   */
  public static void requireMayApprove(RequestedChange change, PersonId approver, String seenHash) {
    requireAnother(change, approver);
    requirePending(change.state());
    if (!change.changeHash().equals(seenHash)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
  }

  /** Whoever asked or is concerned does not decide. */
  public static void requireAnother(RequestedChange change, PersonId approver) {
    if (change.requestedBy().equals(approver)
        || change.subject().filter(approver::equals).isPresent()) {
      throw Refusal.of(ProblemCode.ANOTHER_PERSON);
    }
  }

  /** A request is decided once and within its time. */
  public static void requirePending(ApprovalState state) {
    if (state != ApprovalState.PENDING) {
      throw Refusal.of(ProblemCode.APPROVAL_CLOSED);
    }
  }
}

package org.hikae.approval.control;

import java.time.Instant;
import java.util.Optional;
import org.hikae.approval.entity.ApprovalRequest;
import org.hikae.approval.entity.ApprovalState;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * What makes an approval worth something: it is another person's than who asked and whom it
 * concerns, about exactly the change that they saw, and in time.
 */
public final class SecondPerson {

  private SecondPerson() {}

  /**
   * Lets the approval pass or refuses it.
   *
   * @param subject whom the change concerns, if it is one employee
   * @param seenHash SHA-256 of the change that the approver saw
   */
  public static void requireMayApprove(
      ApprovalRequest request,
      Person approver,
      Optional<Person> subject,
      String seenHash,
      Instant now) {
    requireAnother(request, approver, subject);
    requirePending(request, now);
    if (!request.changeHash().equals(seenHash)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
  }

  /** Whoever asked or is concerned does not decide. */
  public static void requireAnother(
      ApprovalRequest request, Person approver, Optional<Person> subject) {
    if (request.isFrom(approver.issuer(), approver.subject())
        || subject.filter(approver::equals).isPresent()) {
      throw Refusal.of(ProblemCode.ANOTHER_PERSON);
    }
  }

  /** A request is decided once and within its time. */
  public static void requirePending(ApprovalRequest request, Instant now) {
    if (request.stateAt(now) != ApprovalState.PENDING) {
      throw Refusal.of(ProblemCode.APPROVAL_CLOSED);
    }
  }
}

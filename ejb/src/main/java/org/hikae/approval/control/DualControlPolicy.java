package org.hikae.approval.control;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.hikae.approval.value.ApprovalState;
import org.hikae.approval.view.ApprovalAction;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

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
    requireMay(ApprovalAction.APPROVE, change, approver);
    if (!change.changeHash().equals(seenHash)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
  }

  /** Lets the action pass or refuses it. */
  public static void requireMay(ApprovalAction action, RequestedChange change, PersonId person) {
    ProblemCode refusal = refusal(action, change, person);
    if (refusal != null) {
      throw Refusal.of(refusal);
    }
  }

  /** What this person, an administrator, may do now. */
  public static Set<ApprovalAction> actions(RequestedChange change, PersonId person) {
    Set<ApprovalAction> actions = EnumSet.allOf(ApprovalAction.class);
    actions.removeIf(action -> refusal(action, change, person) != null);
    return actions;
  }

  /** Whose it is not to do is told so first; then a request is decided once and within its time. */
  private static @Nullable ProblemCode refusal(
      ApprovalAction action, RequestedChange change, PersonId person) {
    boolean asked = change.requestedBy().equals(person);
    boolean concerned = change.subject().filter(person::equals).isPresent();
    ProblemCode notTheirs =
        switch (action) {
          case APPROVE, REJECT -> asked || concerned ? ProblemCode.ANOTHER_PERSON : null;
          case WITHDRAW -> asked ? null : ProblemCode.FORBIDDEN;
        };
    if (notTheirs != null) {
      return notTheirs;
    }
    return change.state() == ApprovalState.PENDING ? null : ProblemCode.APPROVAL_CLOSED;
  }
}

package org.hikae.approval.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.approval.entity.ApprovalRequest;
import org.hikae.approval.store.ApprovalRequestStore;
import org.hikae.approval.view.ApprovalView;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.view.Caller;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Lets other capabilities ask for a second administrator, in their transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class ApprovalRequester {

  /** Most requests that can be open at once. */
  public static final int MAX_OPEN = 1000;

  @Inject private ApprovalRequestStore requests;
  @Inject private CurrentCaller currentCaller;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /**
   * Asks for approval of a change in the caller's name. When exactly this change is waiting
   * already, that request is returned and nothing is added.
   *
   * @param kind of an {@link Approvable}
   * @param change exactly what is to be done, in one canonical form
   * @param subjectEmployeeId whom it concerns, if it is one employee
   */
  public ApprovalView ask(String kind, String change, @Nullable Long subjectEmployeeId) {
    Instant now = clock.instant();
    Optional<ApprovalRequest> open = requests.open(kind, ApprovalRequest.hash(change), now);
    if (open.isPresent()) {
      return ApprovalViewMapper.of(open.get(), now);
    }
    if (change.length() > ApprovalRequest.MAX_CHANGE_CHARS) {
      throw Refusal.malformed(
          "A change that needs approval may have at most "
              + ApprovalRequest.MAX_CHANGE_CHARS
              + " characters.");
    }
    if (requests.open(now) >= MAX_OPEN) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    Caller caller = currentCaller.caller();
    ApprovalRequest request =
        requests.add(
            new ApprovalRequest(
                kind, change, subjectEmployeeId, caller.issuer(), caller.subject(), now));
    Map<String, String> detail = Map.of("kind", kind, "changeHash", request.changeHash());
    outbox.tellAdmins(NoticeKind.APPROVAL_REQUESTED, detail);
    trail.record("approval.request", "approval:" + request.requestId(), detail);
    return ApprovalViewMapper.of(request, now);
  }

  /** Whom of these employees a request of this kind concerns that can still be decided. */
  public Set<Long> waitingAbout(String kind, Collection<Long> employeeIds) {
    return requests.openAbout(kind, employeeIds, clock.instant());
  }
}

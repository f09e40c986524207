package org.hikae.approval.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.hikae.approval.control.DualControlPolicy;
import org.hikae.approval.control.PersonId;
import org.hikae.approval.entity.ApprovalRequest;
import org.hikae.approval.store.ApprovalRequestStore;
import org.hikae.approval.value.ApprovalState;
import org.hikae.approval.view.ApprovalAction;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approve;
import org.hikae.approval.view.ApprovedChange;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.view.Caller;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Decisions about requests, each a transaction of its own, for {@link
 * org.hikae.approval.boundary.ApprovalCommands}, which has to ask Keycloak before and must not keep
 * a transaction waiting for it.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ApprovalDecisionSteps {

  @Inject private ApprovalRequestStore requests;
  @Inject @Any private Instance<Approvable> approvables;
  @Inject private RequestedChangeReader changes;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /** Refuses who may not approve this now, and says who asked for it. */
  public ApprovedChange.Actor check(long requestId, Approve seen, Caller caller) {
    ApprovalRequest request =
        requests.find(requestId, caller.scope()).orElseThrow(Refusal::notFound);
    requireMayApprove(request, seen, caller, clock.instant());
    return requestedBy(request);
  }

  /** Agrees and makes the change, both or neither. */
  public ApprovalView approve(long requestId, Approve seen, Caller caller) {
    Instant now = clock.instant();
    ApprovalRequest request = locked(requestId, caller);
    requireMayApprove(request, seen, caller, now);
    decide(request, ApprovalState.APPROVED, caller, now);
    approvable(request.kind())
        .execute(
            new ApprovedChange(
                request.change(),
                request.subjectEmployeeId(),
                requestedBy(request),
                new ApprovedChange.Actor(caller.issuer(), caller.subject())));
    return told(request, NoticeKind.APPROVAL_APPROVED, now);
  }

  /** Says no, for good. */
  public ApprovalView reject(long requestId, Caller caller) {
    Instant now = clock.instant();
    ApprovalRequest request = locked(requestId, caller);
    DualControlPolicy.requireMay(ApprovalAction.REJECT, changes.of(request, now), person(caller));
    requireCovered(request, caller);
    decide(request, ApprovalState.REJECTED, caller, now);
    return told(request, NoticeKind.APPROVAL_REJECTED, now);
  }

  /** Who asked no longer wants it. */
  public ApprovalView withdraw(long requestId, Caller caller) {
    Instant now = clock.instant();
    ApprovalRequest request = locked(requestId, caller);
    DualControlPolicy.requireMay(ApprovalAction.WITHDRAW, changes.of(request, now), person(caller));
    decide(request, ApprovalState.WITHDRAWN, caller, now);
    return told(request, NoticeKind.APPROVAL_WITHDRAWN, now);
  }

  private void requireMayApprove(
      ApprovalRequest request, Approve seen, Caller caller, Instant now) {
    DualControlPolicy.requireMayApprove(
        changes.of(request, now), person(caller), seen.changeHash());
    requireCovered(request, caller);
  }

  /** What concerns nobody of the caller's scope is not there for them. */
  private ApprovalRequest locked(long requestId, Caller caller) {
    return requests
        .find(requestId, caller.scope())
        .flatMap(found -> requests.lock(found.requestId()))
        .orElseThrow(Refusal::notFound);
  }

  private void requireCovered(ApprovalRequest request, Caller caller) {
    if (!changes.isCovered(request, caller.scope())) {
      throw Refusal.of(ProblemCode.WHOLE_COMPANY_NEEDED);
    }
  }

  private static void decide(
      ApprovalRequest request, ApprovalState decision, Caller caller, Instant now) {
    request.decide(decision, caller.issuer(), caller.subject(), now);
  }

  private ApprovalView told(ApprovalRequest request, NoticeKind kind, Instant now) {
    Map<String, String> detail = Map.of("kind", request.kind(), "changeHash", request.changeHash());
    outbox.over(NoticeKind.APPROVAL_REQUESTED, "changeHash", request.changeHash());
    outbox.tellAdmins(kind, detail);
    trail.record(kind.code(), "approval:" + request.requestId(), detail);
    return ApprovalViewMapper.of(request, now);
  }

  private Approvable approvable(String kind) {
    return approvables.stream()
        .filter(known -> known.kind().equals(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Nothing carries out " + kind));
  }

  private static ApprovedChange.Actor requestedBy(ApprovalRequest request) {
    return new ApprovedChange.Actor(request.requestedByIssuer(), request.requestedBySubject());
  }

  private static PersonId person(Caller caller) {
    return new PersonId(caller.issuer(), caller.subject());
  }
}

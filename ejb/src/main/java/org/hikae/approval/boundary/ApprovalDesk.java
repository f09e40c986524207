package org.hikae.approval.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.approval.control.Person;
import org.hikae.approval.control.SecondPerson;
import org.hikae.approval.entity.ApprovalRequest;
import org.hikae.approval.entity.ApprovalRequests;
import org.hikae.approval.entity.ApprovalState;
import org.hikae.audit.boundary.AuditTrail;
import org.hikae.caller.boundary.Caller;
import org.hikae.caller.boundary.CurrentCaller;
import org.hikae.caller.boundary.FromClient;
import org.hikae.identity.boundary.Directory;
import org.hikae.identity.wire.Realm;
import org.hikae.notice.boundary.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Requests are seen by administrators and auditors and decided by administrators. */
@Stateless
@RolesAllowed(Realm.BACKUP_ADMIN)
@FromClient(Realm.PORTAL_CLIENT)
public class ApprovalDesk {

  /** Most requests on a page. */
  public static final int MAX_PAGE = 200;

  @Inject private ApprovalRequests requests;
  @Inject @Any private Instance<Approvable> approvables;
  @Inject private CurrentCaller currentCaller;
  @Inject private Directory directory;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /**
   * A page of requests, newest first.
   *
   * @param openOnly only those that can still be decided
   * @param before requests before this one; null for the newest
   * @param limit 1 to {@link #MAX_PAGE}
   */
  @RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
  public ApprovalPage page(boolean openOnly, @Nullable Long before, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw Refusal.malformed("limit must be between 1 and " + MAX_PAGE + ".");
    }
    Instant now = clock.instant();
    List<ApprovalRequest> found =
        openOnly ? requests.openBefore(before, now, limit) : requests.newestBefore(before, limit);
    return new ApprovalPage(
        found.stream().map(request -> ApprovalView.of(request, now)).toList(),
        found.size() < limit ? null : (Long) found.getLast().requestId());
  }

  /** One request. */
  @RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
  public ApprovalView one(long requestId) {
    return ApprovalView.of(
        requests.find(requestId).orElseThrow(Refusal::notFound), clock.instant());
  }

  /**
   * Agrees to a change and makes it, both or neither. It takes a recent sign-in of somebody who
   * neither asked for it nor is concerned by it, and the hash of the change as they saw it.
   */
  public ApprovalView approve(long requestId, Approve seen) {
    Caller caller = currentCaller.recentlySignedIn();
    Instant now = clock.instant();
    ApprovalRequest request = requests.hold(requestId).orElseThrow(Refusal::notFound);
    SecondPerson.requireMayApprove(
        request, person(caller), subjectOf(request), seen.changeHash(), now);
    decide(request, ApprovalState.APPROVED, caller, now);
    approvable(request.kind())
        .execute(
            new Approved(
                request.change(),
                request.subjectEmployeeId(),
                new Approved.Actor(request.requestedByIssuer(), request.requestedBySubject()),
                new Approved.Actor(caller.issuer(), caller.subject())));
    return told(request, NoticeKind.APPROVAL_APPROVED, now);
  }

  /** Says no, for good. Who asked withdraws instead. */
  public ApprovalView reject(long requestId) {
    Caller caller = currentCaller.caller();
    Instant now = clock.instant();
    ApprovalRequest request = requests.hold(requestId).orElseThrow(Refusal::notFound);
    SecondPerson.requireAnother(request, person(caller), subjectOf(request));
    SecondPerson.requirePending(request, now);
    decide(request, ApprovalState.REJECTED, caller, now);
    return told(request, NoticeKind.APPROVAL_REJECTED, now);
  }

  /** Who asked no longer wants it. */
  public ApprovalView withdraw(long requestId) {
    Caller caller = currentCaller.caller();
    Instant now = clock.instant();
    ApprovalRequest request = requests.hold(requestId).orElseThrow(Refusal::notFound);
    if (!request.isFrom(caller.issuer(), caller.subject())) {
      throw Refusal.of(ProblemCode.FORBIDDEN);
    }
    SecondPerson.requirePending(request, now);
    decide(request, ApprovalState.WITHDRAWN, caller, now);
    return told(request, NoticeKind.APPROVAL_WITHDRAWN, now);
  }

  private static void decide(
      ApprovalRequest request, ApprovalState decision, Caller caller, Instant now) {
    request.decide(decision, caller.issuer(), caller.subject(), now);
  }

  private ApprovalView told(ApprovalRequest request, NoticeKind kind, Instant now) {
    Map<String, String> detail = Map.of("kind", request.kind(), "changeHash", request.changeHash());
    outbox.tellAdmins(kind, detail);
    trail.record(kind.code(), "approval:" + request.requestId(), detail);
    return ApprovalView.of(request, now);
  }

  private Approvable approvable(String kind) {
    return approvables.stream()
        .filter(known -> known.kind().equals(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Nothing carries out " + kind));
  }

  private Optional<Person> subjectOf(ApprovalRequest request) {
    return Optional.ofNullable(request.subjectEmployeeId())
        .flatMap(directory::find)
        .map(subject -> new Person(subject.issuer(), subject.subject()));
  }

  private static Person person(Caller caller) {
    return new Person(caller.issuer(), caller.subject());
  }
}

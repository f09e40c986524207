package org.hikae.approval.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hikae.approval.control.DualControlPolicy;
import org.hikae.approval.control.PersonId;
import org.hikae.approval.entity.ApprovalRequest;
import org.hikae.approval.service.ApprovalDecisionSteps;
import org.hikae.approval.service.ApprovalViewMapper;
import org.hikae.approval.service.RequestedChangeReader;
import org.hikae.approval.store.ApprovalRequestStore;
import org.hikae.approval.value.ApprovalRequestId;
import org.hikae.approval.view.ApprovalAction;
import org.hikae.approval.view.ApprovalPage;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approve;
import org.hikae.approval.view.ApprovedChange;
import org.hikae.approval.view.OfferedApproval;
import org.hikae.approval.view.OfferedApprovalPage;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.caller.view.Caller;
import org.hikae.identity.service.LiveAccounts;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.schema.value.RowId;
import org.jspecify.annotations.Nullable;

/** Requests are seen by administrators and auditors and decided by administrators. */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class ApprovalCommands {

  /** Most requests on a page. */
  public static final int MAX_PAGE = 200;

  @Inject private ApprovalRequestStore requests;
  @Inject private ApprovalDecisionSteps step;
  @Inject private RequestedChangeReader changes;
  @Inject private CurrentCaller currentCaller;
  @Inject private LiveAccounts accounts;
  @Inject private Clock clock;

  /**
   * A page of requests, newest first.
   *
   * @param openOnly only those that can still be decided
   * @param before requests before this one; null for the newest
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public ApprovalPage page(
      boolean openOnly, @Nullable ApprovalRequestId before, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    Instant now = clock.instant();
    List<ApprovalRequest> found = find(openOnly, before, limit, now);
    return new ApprovalPage(
        found.stream().map(request -> ApprovalViewMapper.of(request, now)).toList(),
        next(found, limit));
  }

  /**
   * The same page with what the caller may do with each; an auditor may do nothing.
   *
   * @param openOnly only those that can still be decided
   * @param before requests before this one; null for the newest
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public OfferedApprovalPage offered(
      boolean openOnly, @Nullable ApprovalRequestId before, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    Caller caller = currentCaller.caller();
    Instant now = clock.instant();
    List<ApprovalRequest> found = find(openOnly, before, limit, now);
    return new OfferedApprovalPage(
        found.stream()
            .map(
                request ->
                    new OfferedApproval(
                        ApprovalViewMapper.of(request, now), actions(request, caller, now)))
            .toList(),
        next(found, limit));
  }

  private Set<ApprovalAction> actions(ApprovalRequest request, Caller caller, Instant now) {
    if (!caller.roles().contains(RealmNames.BACKUP_ADMIN)) {
      return Set.of();
    }
    Set<ApprovalAction> actions =
        DualControlPolicy.actions(
            changes.of(request, now), new PersonId(caller.issuer(), caller.subject()));
    if (!changes.isCovered(request, caller.scope())) {
      actions.retainAll(EnumSet.of(ApprovalAction.WITHDRAW));
    }
    return actions;
  }

  private List<ApprovalRequest> find(
      boolean openOnly, @Nullable ApprovalRequestId before, int limit, Instant now) {
    DepartmentScope scope = currentCaller.caller().scope();
    return openOnly
        ? requests.openBefore(scope, RowId.before(before), now, limit)
        : requests.newestBefore(scope, RowId.before(before), limit);
  }

  private static @Nullable Long next(List<ApprovalRequest> found, int limit) {
    return found.size() < limit ? null : (Long) found.getLast().requestId();
  }

  /** One request. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public ApprovalView one(ApprovalRequestId requestId) {
    return ApprovalViewMapper.of(
        requests
            .find(requestId.value(), currentCaller.caller().scope())
            .orElseThrow(Refusal::notFound),
        clock.instant());
  }

  /**
   * Agrees to a change and makes it, both or neither. It takes a recent sign-in of somebody who
   * neither asked for it nor is concerned by it, and whose scope covers who is; the hash of the
   * change as they saw it; and who asked must still be an administrator. Refused as busy when
   * Keycloak cannot say so now.
   */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public ApprovalView approve(ApprovalRequestId requestId, Approve seen) {
    Caller caller = currentCaller.recentlySignedIn();
    ApprovedChange.Actor asked = step.check(requestId.value(), seen, caller);
    if (!accounts.hasRole(asked.issuer(), asked.subject(), RealmNames.BACKUP_ADMIN)) {
      throw Refusal.of(ProblemCode.REQUESTER_NOT_ADMIN);
    }
    return step.approve(requestId.value(), seen, caller);
  }

  /** Says no, for good. Who asked withdraws instead. */
  public ApprovalView reject(ApprovalRequestId requestId) {
    return step.reject(requestId.value(), currentCaller.caller());
  }

  /** Who asked no longer wants it. */
  public ApprovalView withdraw(ApprovalRequestId requestId) {
    return step.withdraw(requestId.value(), currentCaller.caller());
  }
}

package org.hikae.approval.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.hikae.approval.control.DualControlPolicy.RequestedChange;
import org.hikae.approval.control.PersonId;
import org.hikae.approval.entity.ApprovalRequest;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.service.DepartmentMembership;
import org.hikae.identity.service.EmployeeDirectory;

/** Reads what the policy of two people asks about; works in the caller's transaction. */
@ApplicationScoped
public class RequestedChangeReader {

  @Inject private EmployeeDirectory directory;
  @Inject private DepartmentMembership membership;

  /** The change that a request is about, as it stands at this time. */
  public RequestedChange of(ApprovalRequest request, Instant now) {
    return new RequestedChange(
        new PersonId(request.requestedByIssuer(), request.requestedBySubject()),
        subjectOf(request),
        request.changeHash(),
        request.stateAt(now));
  }

  /** Whether a scope covers everybody whom a request concerns. */
  public boolean isCovered(ApprovalRequest request, DepartmentScope scope) {
    Long concerned = request.subjectEmployeeId();
    return scope.wholeCompany() || (concerned != null && membership.isCovered(scope, concerned));
  }

  private Optional<PersonId> subjectOf(ApprovalRequest request) {
    return Optional.ofNullable(request.subjectEmployeeId())
        .flatMap(directory::find)
        .map(subject -> new PersonId(subject.issuer(), subject.subject()));
  }
}

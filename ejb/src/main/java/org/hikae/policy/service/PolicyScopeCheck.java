package org.hikae.policy.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.service.DepartmentMembership;
import org.hikae.policy.control.PolicyScopeId;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Whether somebody of the administration reaches whom a policy is for (ADR 66); works in the
 * caller's transaction.
 */
@ApplicationScoped
public class PolicyScopeCheck {

  @Inject private DepartmentMembership membership;

  /**
   * Refuses whom it does not reach. A person of another department is not found; what is not for
   * one person needs the whole company.
   */
  public void require(DepartmentScope departmentScope, PolicyScopeId scope) {
    if (departmentScope.wholeCompany()) {
      return;
    }
    if (!(scope instanceof PolicyScopeId.Individual individual)) {
      throw Refusal.of(ProblemCode.WHOLE_COMPANY_NEEDED);
    }
    if (!membership.isIn(departmentScope, individual.id())) {
      throw Refusal.notFound();
    }
  }
}

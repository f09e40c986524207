package org.hikae.policy.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.hikae.approval.service.Approvable;
import org.hikae.approval.view.ApprovedChange;
import org.hikae.policy.control.PolicyChange;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * A policy that protects somebody less, with a second administrator's agreement. Refused when the
 * version that it replaces no longer stands.
 */
@ApplicationScoped
public class PolicyWeakeningApproval implements Approvable {

  public static final String KIND = "policy.weaken";

  @Inject private PolicyWriter policyWriter;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void execute(ApprovedChange approved) {
    PolicyChange change = PolicyChange.parse(approved.change());
    policyWriter.lock();
    if (policyWriter.standing(change.scope()) != change.replaces()) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    policyWriter.judge(change);
    policyWriter.write(
        change,
        approved.requestedBy(),
        approved.approvedBy(),
        Map.of("requestedBy", approved.requestedBy().subject()));
  }
}

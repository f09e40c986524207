package org.hikae.policy.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import org.hikae.approval.service.ApprovalRequester;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.ApprovedChange;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.view.Caller;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.wire.RealmNames;
import org.hikae.policy.control.PolicyChange;
import org.hikae.policy.control.PolicyImpact;
import org.hikae.policy.control.PolicyScopeId;
import org.hikae.policy.control.PolicyValues;
import org.hikae.policy.service.PolicyScopeCheck;
import org.hikae.policy.service.PolicyWeakeningApproval;
import org.hikae.policy.service.PolicyWriter;
import org.hikae.policy.view.PolicyPreview;
import org.hikae.policy.view.PreviewPolicy;
import org.hikae.policy.view.PutPolicy;
import org.hikae.policy.view.PutPolicyResult;
import org.hikae.problem.control.PlainTextCheck;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Administrators change policies. What protects somebody less than before waits for a second
 * administrator; what takes most protection away must be confirmed besides, by sending the scope's
 * name.
 */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class PolicyCommands {

  @Inject private PolicyWriter policyWriter;
  @Inject private PolicyScopeCheck scopeCheck;
  @Inject private ApprovalRequester approvals;
  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeDirectory directory;

  /** Puts a new version in place of the one that the caller saw. */
  public PutPolicyResult put(String scope, PutPolicy put) {
    PolicyScopeId parsed = PolicyScopeId.parse(scope);
    PolicyValues values = PolicyValues.sent(put.values());
    return change(
        new PolicyChange(
            parsed,
            PutPolicy.replaced(put.replaces()),
            put.rank(),
            values,
            requireSound(put.reason())),
        put.confirm());
  }

  private static @Nullable String requireSound(@Nullable String reason) {
    boolean sound =
        reason == null
            || (!reason.isBlank()
                && reason.length() <= PutPolicy.MAX_REASON_CHARS
                && PlainTextCheck.isLine(reason));
    if (!sound) {
      throw Refusal.malformed(
          "reason must have 1 to "
              + PutPolicy.MAX_REASON_CHARS
              + " characters, none of them control characters.");
    }
    return reason;
  }

  /**
   * Puts a version that sets nothing: everything is inherited again.
   *
   * @param replaces number of the version that the caller saw
   */
  public PutPolicyResult remove(String scope, @Nullable Long replaces, @Nullable String confirm) {
    long replaced = PutPolicy.replaced(replaces);
    return change(
        new PolicyChange(PolicyScopeId.parse(scope), replaced, null, PolicyValues.NONE, null),
        confirm);
  }

  /** What a version would do if it were put now. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public PolicyPreview preview(PreviewPolicy wanted) {
    PolicyScopeId scope = PolicyScopeId.parse(wanted.scope());
    PolicyValues values = PolicyValues.sent(wanted.values());
    PolicyImpact policyImpact =
        policyWriter.judge(
            new PolicyChange(scope, policyWriter.standing(scope), wanted.rank(), values, null));
    return shown(scope, policyImpact);
  }

  /**
   * What a version that waits for approval would do if it were put now.
   *
   * @param change the text of the request
   */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  @ScopeAccess(ScopeRule.SCOPED)
  public PolicyPreview requested(String change) {
    PolicyChange wanted = PolicyChange.parse(change);
    scopeCheck.require(currentCaller.caller().scope(), wanted.scope());
    return shown(wanted.scope(), policyWriter.judge(wanted));
  }

  private PolicyPreview shown(PolicyScopeId scope, PolicyImpact policyImpact) {
    return PolicyPreview.of(scope, policyImpact, directory.names(policyImpact.examples()));
  }

  private PutPolicyResult change(PolicyChange change, @Nullable String confirm) {
    policyWriter.lock();
    PolicyImpact policyImpact = policyWriter.judge(change);
    String word = change.scope().text();
    if (policyImpact.dropsMost() && !Objects.equals(confirm, word)) {
      throw Refusal.confirmationRequired(word);
    }
    if (policyImpact.weakens()) {
      return new PutPolicyResult.Waits(ask(change));
    }
    Caller caller = currentCaller.caller();
    return new PutPolicyResult.Made(
        policyWriter.write(
            change, new ApprovedChange.Actor(caller.issuer(), caller.subject()), null, Map.of()));
  }

  private ApprovalView ask(PolicyChange change) {
    Long subject =
        change.scope() instanceof PolicyScopeId.Individual individual
            ? (Long) individual.id()
            : null;
    return approvals.ask(
        PolicyWeakeningApproval.KIND, change.text(policyWriter.was(change.scope())), subject);
  }
}

package org.hikae.policy.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import org.hikae.approval.service.Approvals;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approved;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.view.Caller;
import org.hikae.identity.wire.Realm;
import org.hikae.policy.control.Consequences;
import org.hikae.policy.control.PolicyChange;
import org.hikae.policy.control.PolicyValues;
import org.hikae.policy.control.Scope;
import org.hikae.policy.service.PolicyWriting;
import org.hikae.policy.service.WeakenPolicy;
import org.hikae.policy.view.PolicyPreview;
import org.hikae.policy.view.PolicyPut;
import org.hikae.policy.view.PreviewPolicy;
import org.hikae.policy.view.PutPolicy;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Administrators change policies. What protects somebody less than before waits for a second
 * administrator; what takes most protection away must be confirmed besides, by sending the scope's
 * name.
 */
@Stateless
@RolesAllowed(Realm.BACKUP_ADMIN)
@FromClient(Realm.PORTAL_CLIENT)
public class PolicyDesk {

  @Inject private PolicyWriting writing;
  @Inject private Approvals approvals;
  @Inject private CurrentCaller currentCaller;

  /** Puts a new version in place of the one that the caller saw. */
  public PolicyPut put(String scope, PutPolicy put) {
    Scope parsed = Scope.parse(scope);
    PolicyValues values = PolicyValues.sent(put.values());
    return change(
        new PolicyChange(parsed, PutPolicy.replaced(put.replaces()), put.rank(), values),
        put.confirm());
  }

  /**
   * Puts a version that sets nothing: everything is inherited again.
   *
   * @param replaces number of the version that the caller saw
   */
  public PolicyPut remove(String scope, @Nullable Long replaces, @Nullable String confirm) {
    long replaced = PutPolicy.replaced(replaces);
    return change(new PolicyChange(Scope.parse(scope), replaced, null, PolicyValues.NONE), confirm);
  }

  /** What a version would do if it were put now. */
  @RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
  public PolicyPreview preview(PreviewPolicy wanted) {
    Scope scope = Scope.parse(wanted.scope());
    PolicyValues values = PolicyValues.sent(wanted.values());
    Consequences consequences =
        writing.judge(new PolicyChange(scope, writing.standing(scope), wanted.rank(), values));
    return PolicyPreview.of(scope, consequences);
  }

  private PolicyPut change(PolicyChange change, @Nullable String confirm) {
    writing.lock();
    Consequences consequences = writing.judge(change);
    String word = change.scope().text();
    if (consequences.dropsMost() && !Objects.equals(confirm, word)) {
      throw Refusal.confirmationRequired(word);
    }
    if (consequences.weakens()) {
      return new PolicyPut.Waits(ask(change));
    }
    Caller caller = currentCaller.caller();
    return new PolicyPut.Made(
        writing.write(
            change, new Approved.Actor(caller.issuer(), caller.subject()), null, Map.of()));
  }

  private ApprovalView ask(PolicyChange change) {
    Long subject = change.scope() instanceof Scope.Employee employee ? (Long) employee.id() : null;
    return approvals.ask(WeakenPolicy.KIND, change.text(writing.was(change.scope())), subject);
  }
}

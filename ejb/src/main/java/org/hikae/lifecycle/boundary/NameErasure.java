package org.hikae.lifecycle.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import org.hikae.audit.service.AuditNameErasure;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.view.Caller;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Erases what somebody who left was called from the audit trail; needs a recent sign-in. What
 * people who can still act were called stays, so that nobody covers what they or a friend did.
 */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class NameErasure {

  @Inject private EmployeeDirectory directory;
  @Inject private AuditNameErasure names;
  @Inject private AuditTrail trail;
  @Inject private CurrentCaller currentCaller;

  /**
   * What was erased.
   *
   * @param events in how many events
   */
  public record Erased(int events) {}

  /**
   * Erases this employee's names from the events they caused; the events stay. Refused for the
   * caller's own, and while the employee's account can be used.
   */
  public Erased erase(EmployeeId employeeId) {
    Caller caller = currentCaller.recentlySignedIn();
    EmployeeView employee = directory.find(employeeId.value()).orElseThrow(Refusal::notFound);
    if (employee.issuer().equals(caller.issuer()) && employee.subject().equals(caller.subject())) {
      throw Refusal.of(ProblemCode.ANOTHER_PERSON);
    }
    if (!directory.hasLeft(employee.issuer(), employee.subject())) {
      throw Refusal.of(ProblemCode.EMPLOYEE_ACTIVE);
    }
    int events = names.erase(employee.issuer(), employee.subject());
    trail.record(
        "audit.names-erased",
        "employee:" + employeeId.value(),
        Map.of("events", Integer.toString(events)));
    return new Erased(events);
  }
}

package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.view.Caller;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.service.VaultEventReader;
import org.hikae.insight.view.OwnVaultEvent;

/**
 * Shows an employee who tried their password and when, by the vault's word. Whose word it is says
 * the name in the receipts: a hash that only this employee's sign-in leads to.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class OwnVaultEventQueries {

  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeStore employees;
  @Inject private VaultEventReader events;

  /** The newest events, newest first. */
  public List<OwnVaultEvent> newest() {
    Caller caller = currentCaller.caller();
    return events.newest(
        caller.issuer(),
        caller.subject(),
        employees.find(caller.issuer(), caller.subject()).map(Employee::employeeId));
  }
}

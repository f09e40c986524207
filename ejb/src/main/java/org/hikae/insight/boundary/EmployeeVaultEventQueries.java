package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.service.VaultEventReader;
import org.hikae.insight.view.OwnVaultEvent;
import org.hikae.problem.control.Refusal;

/**
 * Shows those who run the backup whether and when an employee's password was tried, as the employee
 * sees it. The receipts hold neither password nor key.
 */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class EmployeeVaultEventQueries {

  @Inject private EmployeeDirectory directory;
  @Inject private VaultEventReader events;

  /** The newest events of an employee, newest first; refused as not found when there is none. */
  public List<OwnVaultEvent> newest(EmployeeId employeeId) {
    EmployeeView employee = directory.find(employeeId.value()).orElseThrow(Refusal::notFound);
    return events.newest(employee.issuer(), employee.subject(), Optional.of(employeeId.value()));
  }
}

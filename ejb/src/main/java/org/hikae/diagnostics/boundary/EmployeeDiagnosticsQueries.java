package org.hikae.diagnostics.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.diagnostics.service.DiagnosticsReader;
import org.hikae.diagnostics.view.DiagnosticsView;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;

/** Shows those who help what devices of employees said of themselves; auditors are not shown. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class EmployeeDiagnosticsQueries {

  @Inject private EmployeeDirectory directory;
  @Inject private DiagnosticsReader reader;
  @Inject private CurrentCaller currentCaller;

  /**
   * The newest of all devices of an employee, newest first; refused as not found when there is no
   * such employee.
   */
  public List<DiagnosticsView> newest(EmployeeId employeeId) {
    directory.requireKnown(employeeId.value());
    return reader.ofEmployee(employeeId.value());
  }

  /** Those of a device, newest first; none for a device that there is not. */
  public List<DiagnosticsView> ofDevice(String deviceId) {
    return reader.ofDevice(currentCaller.caller().scope(), deviceId);
  }
}

package org.hikae.diagnostics.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.diagnostics.service.DiagnosticsReader;
import org.hikae.diagnostics.view.DiagnosticsView;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.wire.RealmNames;

/**
 * Shows employees what their own devices said of themselves. Who that is comes from the sign-in
 * alone.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class OwnDiagnosticsQueries {

  @Inject private EmployeeDirectory directory;
  @Inject private DiagnosticsReader reader;

  /** The newest of all devices of the caller, newest first. */
  public List<DiagnosticsView> newest() {
    return reader.ofEmployee(directory.me().employeeId());
  }
}

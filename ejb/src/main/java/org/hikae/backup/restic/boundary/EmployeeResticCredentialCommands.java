package org.hikae.backup.restic.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.enrollment.service.ResticCredentialIssuer;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;

/** What an employee's devices use restic with: to see it, and to end what was lost. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class EmployeeResticCredentialCommands {

  @Inject private EmployeeDirectory directory;
  @Inject private ResticCredentialIssuer credentialIssuer;

  /** The credentials of all of the employee's devices, newest first. */
  public List<ResticCredentialView> list(EmployeeId employeeId) {
    directory.requireKnown(employeeId.value());
    return credentialIssuer.list(employeeId.value());
  }

  /** Ends a credential of the employee; ending it twice is success. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK})
  public void revoke(EmployeeId employeeId, String username) {
    directory.requireKnown(employeeId.value());
    credentialIssuer.revoke(employeeId.value(), username);
  }
}

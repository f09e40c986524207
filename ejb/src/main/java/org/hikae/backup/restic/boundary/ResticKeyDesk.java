package org.hikae.backup.restic.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.ResticKeys;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.hikae.identity.service.Directory;
import org.hikae.identity.wire.Realm;

/** What an employee's devices use restic with: to see it, and to end what was lost. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class ResticKeyDesk {

  @Inject private Directory directory;
  @Inject private ResticKeys keys;

  /** The credentials of all of the employee's devices, newest first. */
  public List<ResticCredentialView> list(long employeeId) {
    directory.requireKnown(employeeId);
    return keys.list(employeeId);
  }

  /** Ends a credential of the employee; ending it twice is success. */
  @RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK})
  public void revoke(long employeeId, String username) {
    directory.requireKnown(employeeId);
    keys.revoke(employeeId, username);
  }
}

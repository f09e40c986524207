package org.hikae.backup.restic.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.backup.restic.service.ResticRepositoryAccess;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.enrollment.service.CurrentSet;
import org.hikae.enrollment.service.ResticCredentialIssuer;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.wire.RealmNames;

/** What the signed-in employee's devices use restic with, on the pages (HK1-G-01). */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class OwnResticCredentialCommands {

  @Inject private EmployeeDirectory directory;
  @Inject private CurrentCaller currentCaller;
  @Inject private CurrentSet sets;
  @Inject private ResticRepositoryAccess repositoryAccess;
  @Inject private ResticCredentialIssuer credentialIssuer;

  /** Whether the caller has opted in, so that their devices can have credentials. */
  public boolean offered() {
    return sets.active(directory.me().employeeId()).isPresent();
  }

  /** Those of the caller's devices that may get a credential, oldest first. */
  public List<DeviceView> devices() {
    return credentialIssuer.devices(directory.me().employeeId());
  }

  /** The credentials of all of the caller's devices, newest first. */
  public List<ResticCredentialView> list() {
    return credentialIssuer.list(directory.me().employeeId());
  }

  /**
   * A new credential for the repository of one of the caller's active devices, which is made if
   * there is none; needs a recent sign-in.
   */
  public NewResticCredential give(String deviceId) {
    currentCaller.recentlySignedIn();
    return repositoryAccess.give(directory.me().employeeId(), deviceId);
  }

  /** Ends a credential of any of the caller's devices; ending it twice is success. */
  public void revoke(String username) {
    credentialIssuer.revoke(directory.me().employeeId(), username);
  }
}

package org.hikae.backup.restic.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.backup.restic.service.ResticRepositoryAccess;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.service.ResticCredentialIssuer;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.hikae.identity.wire.RealmNames;
import org.jspecify.annotations.Nullable;

/**
 * Lets an enrolled device use restic: it gets a repository of its own in the employee's active set,
 * and credentials that open this one repository (HK1-G-01).
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class DeviceResticCommands {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private ResticRepositoryAccess repositoryAccess;
  @Inject private ResticCredentialIssuer credentialIssuer;

  /** A new credential for the device's repository, which is made if there is none. */
  public NewResticCredential give(@Nullable String session) {
    DeviceCaller device = authenticator.admit(session);
    return repositoryAccess.give(device.employeeId(), device.deviceId());
  }

  /** The credentials of all of the employee's devices, newest first. */
  public List<ResticCredentialView> list(@Nullable String session) {
    return credentialIssuer.list(authenticator.admit(session).employeeId());
  }

  /** Ends a credential of any of the employee's devices; ending it twice is success. */
  public void revoke(@Nullable String session, String username) {
    credentialIssuer.revoke(authenticator.admit(session).employeeId(), username);
  }
}

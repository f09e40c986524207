package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.backup.service.StoragePreviewReader;
import org.hikae.backup.wire.StorageView;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.identity.wire.RealmNames;
import org.jspecify.annotations.Nullable;

/** Shows a device what the employee's backup takes. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class DeviceStorageQueries {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private StoragePreviewReader previews;

  /** What it takes, and the limits. */
  public StorageView storage(@Nullable String session) {
    return previews.storage(authenticator.admit(session).employeeId());
  }
}

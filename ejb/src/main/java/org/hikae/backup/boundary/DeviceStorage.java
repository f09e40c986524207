package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.backup.service.StoragePreviews;
import org.hikae.backup.wire.StorageView;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.DeviceGate;
import org.hikae.identity.wire.Realm;
import org.jspecify.annotations.Nullable;

/** Shows a device what the employee's backup takes. */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.AGENT_CLIENT)
public class DeviceStorage {

  @Inject private DeviceGate gate;
  @Inject private StoragePreviews previews;

  /** What it takes, and the limits. */
  public StorageView storage(@Nullable String session) {
    return previews.storage(gate.admit(session).employeeId());
  }
}

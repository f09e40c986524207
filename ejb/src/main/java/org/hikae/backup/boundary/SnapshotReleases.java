package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.backup.service.Releasing;
import org.hikae.backup.service.SnapshotViews;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.DeviceGate;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.identity.wire.Realm;
import org.jspecify.annotations.Nullable;

/**
 * Releases snapshots of the employee's devices, and takes them back, as a device (spec HK1-H-01,
 * HK1-H-02). A device can destroy nothing: what it releases stays for the hold period.
 */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.AGENT_CLIENT)
public class SnapshotReleases {

  @Inject private DeviceGate gate;
  @Inject private Releasing releasing;
  @Inject private SnapshotViews views;

  /** Releases a snapshot. */
  public SnapshotView release(@Nullable String session, String snapshotId) {
    return views.told(releasing.release(actor(session), snapshotId));
  }

  /** Takes a snapshot back. */
  public SnapshotView takeBack(@Nullable String session, String snapshotId) {
    return views.told(releasing.takeBack(actor(session), snapshotId));
  }

  private Releasing.Actor actor(@Nullable String session) {
    DeviceCaller device = gate.admit(session);
    return new Releasing.Actor(device.employeeId(), device.deviceId());
  }
}

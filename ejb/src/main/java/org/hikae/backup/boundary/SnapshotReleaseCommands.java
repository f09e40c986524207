package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.backup.service.SnapshotReleaser;
import org.hikae.backup.service.SnapshotViewReader;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.identity.wire.RealmNames;
import org.jspecify.annotations.Nullable;

/**
 * Releases snapshots of the employee's devices, and takes them back, as a device (spec HK1-H-01,
 * HK1-H-02). A device can destroy nothing: what it releases stays for the hold period.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class SnapshotReleaseCommands {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private SnapshotReleaser snapshotReleaser;
  @Inject private SnapshotViewReader views;

  /** Releases a snapshot. */
  public SnapshotView release(@Nullable String session, String snapshotId) {
    return views.told(snapshotReleaser.release(actor(session), snapshotId));
  }

  /** Takes a snapshot back. */
  public SnapshotView takeBack(@Nullable String session, String snapshotId) {
    return views.told(snapshotReleaser.takeBack(actor(session), snapshotId));
  }

  private SnapshotReleaser.Actor actor(@Nullable String session) {
    DeviceCaller device = authenticator.admit(session);
    return new SnapshotReleaser.Actor(device.employeeId(), device.deviceId());
  }
}

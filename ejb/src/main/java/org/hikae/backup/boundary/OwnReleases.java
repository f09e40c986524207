package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.backup.control.Releasing;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.caller.boundary.FromClient;
import org.hikae.identity.boundary.Directory;
import org.hikae.identity.wire.Realm;

/** Releases snapshots of the signed-in employee, and takes them back, on the pages. */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.PORTAL_CLIENT)
public class OwnReleases {

  @Inject private Directory directory;
  @Inject private Releasing releasing;
  @Inject private SnapshotViews views;

  /** Releases a snapshot. */
  public SnapshotView release(String snapshotId) {
    return views.of(releasing.release(me(), snapshotId));
  }

  /** Takes a snapshot back. */
  public SnapshotView takeBack(String snapshotId) {
    return views.of(releasing.takeBack(me(), snapshotId));
  }

  private Releasing.Actor me() {
    return new Releasing.Actor(directory.me().employeeId(), null);
  }
}

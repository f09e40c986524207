package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.backup.service.SnapshotReleaser;
import org.hikae.backup.service.SnapshotViewReader;
import org.hikae.backup.store.SnapshotStore;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.caller.service.FromClient;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.wire.RealmNames;
import org.hikae.policy.service.Policies;

/** Releases snapshots of the signed-in employee, and takes them back, on the pages. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
public class OwnSnapshotReleaseCommands {

  @Inject private EmployeeDirectory directory;
  @Inject private SnapshotReleaser snapshotReleaser;
  @Inject private SnapshotViewReader views;
  @Inject private SnapshotStore snapshots;
  @Inject private Policies policies;
  @Inject private Clock clock;

  /** Releases a snapshot. */
  public SnapshotView release(String snapshotId) {
    return views.told(snapshotReleaser.release(me(), snapshotId));
  }

  /** Takes a snapshot back. */
  public SnapshotView takeBack(String snapshotId) {
    return views.told(snapshotReleaser.takeBack(me(), snapshotId));
  }

  /**
   * What became of the caller's snapshots, by identifier; nothing of one that is simply kept, and
   * nothing of anybody else's.
   *
   * @param snapshotIds at most {@link SnapshotStore#MAX_PAGE}
   */
  public Map<String, ReleaseStatus> fates(List<String> snapshotIds) {
    Map<String, ReleaseStatus> fates = new TreeMap<>();
    for (SnapshotView view : views.told(snapshots.find(directory.me().employeeId(), snapshotIds))) {
      ReleaseStatus releaseStatus = view.fate();
      if (releaseStatus != null) {
        fates.put(view.snapshotId(), releaseStatus);
      }
    }
    return fates;
  }

  /**
   * Until when a snapshot that the caller releases now can be taken back, at least: later when it
   * first has to wait for room.
   */
  public Instant releasedUntil() {
    return clock.instant().plus(policies.hold(directory.me().employeeId()));
  }

  private SnapshotReleaser.Actor me() {
    return new SnapshotReleaser.Actor(directory.me().employeeId(), null);
  }
}

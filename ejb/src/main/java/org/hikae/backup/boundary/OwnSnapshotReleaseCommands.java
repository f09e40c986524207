package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.service.SnapshotReleaser;
import org.hikae.backup.service.SnapshotViewReader;
import org.hikae.backup.store.SnapshotStore;
import org.hikae.backup.view.OwnSnapshotStatus;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.enrollment.service.BackupSetLock;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.wire.RealmNames;
import org.hikae.policy.service.Policies;

/** Releases snapshots of the signed-in employee, and takes them back, on the pages. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class OwnSnapshotReleaseCommands {

  @Inject private EmployeeDirectory directory;
  @Inject private SnapshotReleaser snapshotReleaser;
  @Inject private SnapshotViewReader views;
  @Inject private SnapshotStore snapshots;
  @Inject private BackupSetLock backupSetLock;
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
   * How the caller's snapshots stand, by identifier; nothing of anybody else's.
   *
   * @param snapshotIds at most {@link SnapshotStore#MAX_PAGE}
   */
  public Map<String, OwnSnapshotStatus> status(List<String> snapshotIds) {
    long employeeId = directory.me().employeeId();
    List<Snapshot> found = snapshots.find(employeeId, snapshotIds);
    Set<Long> succeeded = snapshots.succeeded(found);
    Map<String, ReleaseStatus> released = new TreeMap<>();
    for (SnapshotView view : views.told(found)) {
      ReleaseStatus release = view.fate();
      if (release != null) {
        released.put(view.snapshotId(), release);
      }
    }
    Map<String, OwnSnapshotStatus> status = new TreeMap<>();
    for (Snapshot snapshot : found) {
      boolean builtOn =
          !succeeded.contains(snapshot.row())
              && backupSetLock.mayGrow(snapshot.setId(), snapshot.deviceId(), employeeId);
      status.put(
          snapshot.snapshotId(),
          OwnSnapshotStatus.of(released.get(snapshot.snapshotId()), builtOn));
    }
    return status;
  }

  /**
   * Until when a snapshot that the caller releases now can be taken back, at least: later when it
   * first has to wait for room.
   */
  public Instant releasedUntil() {
    return clock.instant().plus(policies.holdPeriod(directory.me().employeeId()));
  }

  private SnapshotReleaser.Actor me() {
    return new SnapshotReleaser.Actor(directory.me().employeeId(), null);
  }
}

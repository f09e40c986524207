package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.backup.service.Releasing;
import org.hikae.backup.service.SnapshotViews;
import org.hikae.backup.store.Snapshots;
import org.hikae.backup.wire.Fate;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.caller.service.FromClient;
import org.hikae.identity.service.Directory;
import org.hikae.identity.wire.Realm;
import org.hikae.policy.service.Policies;

/** Releases snapshots of the signed-in employee, and takes them back, on the pages. */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.PORTAL_CLIENT)
public class OwnReleases {

  @Inject private Directory directory;
  @Inject private Releasing releasing;
  @Inject private SnapshotViews views;
  @Inject private Snapshots snapshots;
  @Inject private Policies policies;
  @Inject private Clock clock;

  /** Releases a snapshot. */
  public SnapshotView release(String snapshotId) {
    return views.told(releasing.release(me(), snapshotId));
  }

  /** Takes a snapshot back. */
  public SnapshotView takeBack(String snapshotId) {
    return views.told(releasing.takeBack(me(), snapshotId));
  }

  /**
   * What became of the caller's snapshots, by identifier; nothing of one that is simply kept, and
   * nothing of anybody else's.
   *
   * @param snapshotIds at most {@link Snapshots#MAX_PAGE}
   */
  public Map<String, Fate> fates(List<String> snapshotIds) {
    Map<String, Fate> fates = new TreeMap<>();
    for (SnapshotView view : views.told(snapshots.find(directory.me().employeeId(), snapshotIds))) {
      Fate fate = view.fate();
      if (fate != null) {
        fates.put(view.snapshotId(), fate);
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

  private Releasing.Actor me() {
    return new Releasing.Actor(directory.me().employeeId(), null);
  }
}

package org.hikae.backup.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hikae.backup.entity.MaintenanceState;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.entity.SnapshotRelease;
import org.hikae.backup.store.MaintenanceStateStore;
import org.hikae.backup.store.SnapshotStore;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.SnapshotView;
import org.jspecify.annotations.Nullable;

/** Shows snapshots, with what became of them, as the protocol's records. */
@Dependent
public class SnapshotViewReader {

  @Inject private SnapshotStore snapshots;
  @Inject private SnapshotVisibility visibility;
  @Inject private MaintenanceStateStore maintenanceState;
  @Inject private Clock clock;

  /** One snapshot, for its employee. */
  public SnapshotView told(Snapshot snapshot) {
    return told(List.of(snapshot)).getFirst();
  }

  /** At most a page of snapshots of one employee, in their order, for that employee. */
  public List<SnapshotView> told(List<Snapshot> page) {
    return views(page, release -> visibility.isGone(page.getFirst().employeeId(), release));
  }

  /** The same as it is, for those who run the portal. */
  public List<SnapshotView> of(List<Snapshot> page) {
    return views(page, release -> release.state() == ReleaseState.REMOVED);
  }

  private List<SnapshotView> views(List<Snapshot> page, Predicate<SnapshotRelease> gone) {
    Map<Long, SnapshotRelease> releases = snapshots.releases(page);
    return page.stream()
        .map(
            snapshot -> {
              SnapshotRelease release = releases.get(snapshot.row());
              return view(snapshot, release == null ? null : statusOf(release, gone.test(release)));
            })
        .toList();
  }

  private static SnapshotView view(Snapshot snapshot, @Nullable ReleaseStatus releaseStatus) {
    return new SnapshotView(
        snapshot.snapshotId(),
        snapshot.setId(),
        snapshot.deviceId(),
        snapshot.generation(),
        snapshot.sequence(),
        snapshot.previousStub(),
        snapshot.root(),
        snapshot.listHash(),
        snapshot.stubHash(),
        snapshot.committedAt(),
        snapshot.objectCount(),
        snapshot.storedBytes(),
        snapshot.fileCount(),
        snapshot.plainBytes(),
        releaseStatus);
  }

  private ReleaseStatus statusOf(SnapshotRelease release, boolean gone) {
    boolean held = release.state() == ReleaseState.HELD && !gone;
    return new ReleaseStatus(
        gone ? ReleaseState.REMOVED : release.state(),
        release.rule(),
        release.decidedAt(),
        release.deviceId(),
        held ? until(release.heldUntil()) : null,
        gone ? release.removedAt() : null);
  }

  /** The date that people can expect, by their own calendar. */
  private @Nullable Instant until(@Nullable Instant kept) {
    MaintenanceState row = maintenanceState.read();
    return kept == null ? null : row.wall(kept, clock.instant());
  }
}

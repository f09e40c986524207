package org.hikae.backup.boundary;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.backup.entity.FateState;
import org.hikae.backup.entity.Housekeeping;
import org.hikae.backup.entity.HousekeepingRow;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.entity.SnapshotFate;
import org.hikae.backup.entity.Snapshots;
import org.hikae.backup.wire.Fate;
import org.hikae.backup.wire.SnapshotView;
import org.jspecify.annotations.Nullable;

/** Shows snapshots, with what became of them, as the protocol's records. */
@Dependent
class SnapshotViews {

  @Inject private Snapshots snapshots;
  @Inject private HousekeepingRow housekeeping;
  @Inject private Clock clock;

  /** One snapshot. */
  SnapshotView of(Snapshot snapshot) {
    return of(List.of(snapshot)).getFirst();
  }

  /** At most a page of snapshots, in their order. */
  List<SnapshotView> of(List<Snapshot> page) {
    Map<Long, SnapshotFate> fates = snapshots.fates(page);
    return page.stream().map(snapshot -> view(snapshot, fates.get(snapshot.row()))).toList();
  }

  private SnapshotView view(Snapshot snapshot, @Nullable SnapshotFate fate) {
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
        snapshot.committedAt().toString(),
        snapshot.objectCount(),
        snapshot.storedBytes(),
        snapshot.fileCount(),
        snapshot.plainBytes(),
        fate == null ? null : fateOf(fate));
  }

  private Fate fateOf(SnapshotFate fate) {
    return new Fate(
        fate.state().name(),
        fate.rule().name(),
        fate.decidedAt().toString(),
        fate.deviceId(),
        text(fate.state() == FateState.HELD ? until(fate.heldUntil()) : null),
        text(fate.removedAt()));
  }

  /** The date that people can expect, by their own calendar. */
  private @Nullable Instant until(@Nullable Instant kept) {
    Housekeeping row = housekeeping.read();
    return kept == null ? null : row.wall(kept, clock.instant());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}

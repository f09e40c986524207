package org.hikae.backup.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.MaintenanceState;
import org.hikae.backup.entity.SnapshotRelease;
import org.hikae.backup.maintenance.service.RepositoryRetention;
import org.hikae.backup.maintenance.service.RepositoryRetention.RetentionDecision;
import org.hikae.backup.store.MaintenanceStateStore;
import org.hikae.backup.store.SnapshotStore;
import org.hikae.backup.store.StorageUseStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.view.RetentionPreview;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.StorageView;
import org.hikae.enrollment.service.LegalHoldDisclosure;
import org.hikae.identity.service.LegalHolds;
import org.hikae.policy.service.Policies;
import org.hikae.policy.view.BackupPolicy;

/** What an employee's backup takes and what the next night does to it, for all who may ask. */
@Dependent
public class StoragePreviewReader {

  @Inject private StoredObjectStore objects;
  @Inject private SnapshotStore snapshots;
  @Inject private StorageUseStore uses;
  @Inject private MaintenanceStateStore maintenanceState;
  @Inject private RepositoryRetention retention;
  @Inject private Policies policies;
  @Inject private LegalHolds legalHold;
  @Inject private LegalHoldDisclosure legalHoldDisclosure;
  @Inject private SnapshotVisibility visibility;
  @Inject private Clock clock;

  public StorageView storage(long employeeId) {
    StorageUseStore.Figures used = uses.of(employeeId);
    BackupPolicy policy = policies.of(employeeId);
    return new StorageView(
        used.liveBytes(),
        policy.quotaBytes(),
        used.heldBytes(),
        policy.heldBytes(),
        snapshots.waiting(employeeId));
  }

  /**
   * What a legal hold lets the night do.
   *
   * @param keeps whether nothing is removed
   * @param rests whether nothing is dropped and nothing returns
   */
  private record LegalHoldEffect(boolean keeps, boolean rests) {}

  /** What the next night does. */
  public RetentionPreview retention(long employeeId) {
    boolean rests = legalHoldDisclosure.since(employeeId).isPresent();
    return retention(employeeId, new LegalHoldEffect(legalHold.on(employeeId), rests), _ -> true);
  }

  /** What the employee is told of it: nothing of a legal hold that their policy hides. */
  public RetentionPreview told(long employeeId) {
    boolean known = legalHoldDisclosure.since(employeeId).isPresent();
    return retention(
        employeeId,
        new LegalHoldEffect(known, known),
        release -> !visibility.isGone(employeeId, release));
  }

  private RetentionPreview retention(
      long employeeId, LegalHoldEffect frozen, Predicate<SnapshotRelease> seen) {
    Instant wall = clock.instant();
    MaintenanceState row = maintenanceState.read();
    List<RetentionPreview.PlannedSnapshot> rows = new ArrayList<>();
    for (BackupRepository repository : objects.repositoriesOf(employeeId)) {
      for (RetentionDecision one : retention.judge(employeeId, repository.id(), wall)) {
        SnapshotRelease release = one.release();
        if (rows.size() < RetentionPreview.MAX_ROWS && (release == null || seen.test(release))) {
          rows.add(row(one, frozen, row, wall));
        }
      }
    }
    return new RetentionPreview(wall, frozen.keeps(), rows);
  }

  private static RetentionPreview.PlannedSnapshot row(
      RetentionDecision one, LegalHoldEffect frozen, MaintenanceState row, Instant wall) {
    SnapshotRelease release = one.release();
    Instant until = release == null ? null : release.heldUntil();
    return new RetentionPreview.PlannedSnapshot(
        one.snapshot().snapshotId(),
        one.snapshot().deviceId(),
        one.snapshot().sequence(),
        one.snapshot().committedAt(),
        tonight(one, frozen, row.now(wall)),
        List.copyOf(one.keptBy()),
        until == null ? null : row.wall(until, wall));
  }

  private static RetentionPreview.Tonight tonight(
      RetentionDecision one, LegalHoldEffect frozen, Instant kept) {
    SnapshotRelease release = one.release();
    if (release == null || release.state() == ReleaseState.KEPT) {
      return one.drops() && !frozen.rests()
          ? RetentionPreview.Tonight.IS_DROPPED
          : RetentionPreview.Tonight.STAYS;
    }
    if (one.returns() && !frozen.rests()) {
      return RetentionPreview.Tonight.RETURNS;
    }
    if (release.state() == ReleaseState.WAITING) {
      return RetentionPreview.Tonight.WAITS;
    }
    return release.over(kept) && !frozen.keeps()
        ? RetentionPreview.Tonight.IS_REMOVED
        : RetentionPreview.Tonight.IS_HELD;
  }
}

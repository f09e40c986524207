package org.hikae.backup.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.Housekeeping;
import org.hikae.backup.entity.SnapshotFate;
import org.hikae.backup.maintenance.control.KeptBy;
import org.hikae.backup.maintenance.service.RetentionStep;
import org.hikae.backup.maintenance.service.RetentionStep.Judged;
import org.hikae.backup.store.HousekeepingRow;
import org.hikae.backup.store.Snapshots;
import org.hikae.backup.store.StorageUses;
import org.hikae.backup.store.StoredObjects;
import org.hikae.backup.value.FateState;
import org.hikae.backup.view.RetentionPreview;
import org.hikae.backup.wire.StorageView;
import org.hikae.enrollment.service.ShownLegalHold;
import org.hikae.identity.service.LegalHold;
import org.hikae.policy.service.Policies;
import org.hikae.policy.view.BackupPolicy;

/** What an employee's backup takes and what the next night does to it, for all who may ask. */
@Dependent
public class StoragePreviews {

  @Inject private StoredObjects objects;
  @Inject private Snapshots snapshots;
  @Inject private StorageUses uses;
  @Inject private HousekeepingRow housekeeping;
  @Inject private RetentionStep retention;
  @Inject private Policies policies;
  @Inject private LegalHold legalHold;
  @Inject private ShownLegalHold shown;
  @Inject private SnapshotReach reach;
  @Inject private Clock clock;

  public StorageView storage(long employeeId) {
    StorageUses.Figures used = uses.of(employeeId);
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
  private record Frozen(boolean keeps, boolean rests) {}

  /** What the next night does. */
  public RetentionPreview retention(long employeeId) {
    boolean rests = shown.since(employeeId).isPresent();
    return retention(employeeId, new Frozen(legalHold.on(employeeId), rests), _ -> true);
  }

  /** What the employee is told of it: nothing of a legal hold that their policy hides. */
  public RetentionPreview told(long employeeId) {
    boolean known = shown.since(employeeId).isPresent();
    return retention(employeeId, new Frozen(known, known), fate -> !reach.isGone(employeeId, fate));
  }

  private RetentionPreview retention(long employeeId, Frozen frozen, Predicate<SnapshotFate> seen) {
    Instant wall = clock.instant();
    Housekeeping row = housekeeping.read();
    List<RetentionPreview.PlannedSnapshot> rows = new ArrayList<>();
    for (BackupRepository repository : objects.repositoriesOf(employeeId)) {
      for (Judged one : retention.judge(employeeId, repository.id(), wall)) {
        SnapshotFate fate = one.fate();
        if (rows.size() < RetentionPreview.MAX_ROWS && (fate == null || seen.test(fate))) {
          rows.add(row(one, frozen, row, wall));
        }
      }
    }
    return new RetentionPreview(wall.toString(), frozen.keeps(), rows);
  }

  private static RetentionPreview.PlannedSnapshot row(
      Judged one, Frozen frozen, Housekeeping row, Instant wall) {
    SnapshotFate fate = one.fate();
    Instant until = fate == null ? null : fate.heldUntil();
    return new RetentionPreview.PlannedSnapshot(
        one.snapshot().snapshotId(),
        one.snapshot().deviceId(),
        one.snapshot().sequence(),
        one.snapshot().committedAt().toString(),
        tonight(one, frozen, row.now(wall)),
        one.keptBy().stream().map(KeptBy::name).toList(),
        until == null ? null : row.wall(until, wall).toString());
  }

  private static RetentionPreview.Tonight tonight(Judged one, Frozen frozen, Instant kept) {
    SnapshotFate fate = one.fate();
    if (fate == null || fate.state() == FateState.KEPT) {
      return one.drops() && !frozen.rests()
          ? RetentionPreview.Tonight.IS_DROPPED
          : RetentionPreview.Tonight.STAYS;
    }
    if (one.returns() && !frozen.rests()) {
      return RetentionPreview.Tonight.RETURNS;
    }
    if (fate.state() == FateState.WAITING) {
      return RetentionPreview.Tonight.WAITS;
    }
    return fate.over(kept) && !frozen.keeps()
        ? RetentionPreview.Tonight.IS_REMOVED
        : RetentionPreview.Tonight.IS_HELD;
  }
}

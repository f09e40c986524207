package org.hikae.backup.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.control.BackupRequestFields;
import org.hikae.backup.control.SnapshotActionRules;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.entity.SnapshotRelease;
import org.hikae.backup.maintenance.service.GarbageMarking;
import org.hikae.backup.store.MaintenanceStateStore;
import org.hikae.backup.store.SnapshotStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.view.SnapshotAction;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.enrollment.service.BackupSetLock;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ActorLimit;
import org.hikae.runtime.control.TransferBudget;
import org.jspecify.annotations.Nullable;

/**
 * Releases snapshots and takes them back, for a device or for the employee. A release begins a hold
 * period and destroys nothing; the employee hears of each. Doing either twice is success.
 */
@ApplicationScoped
public class SnapshotReleaser {

  /**
   * Releases and returns of one employee in a minute: each reads all lists of the repository and
   * leaves a notice and a row in the trail, which nobody may fill by trying in a loop.
   */
  private static final ActorLimit LIMIT = new ActorLimit(200, Duration.ofMinutes(1), 10_000);

  @Inject private SnapshotStore snapshots;
  @Inject private StoredObjectStore objects;
  @Inject private MaintenanceStateStore maintenanceState;
  @Inject private GarbageMarking garbageMarking;
  @Inject private SnapshotVisibility visibility;
  @Inject private BackupSetLock backupSetLock;
  @Inject private ChangeAlarms changeAlarms;
  @Inject private TransferLimits transfers;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /**
   * Who acts.
   *
   * @param employeeId whose snapshots
   * @param deviceId the device, or null on the pages
   */
  public record Actor(long employeeId, @Nullable String deviceId) {

    ReleaseCause rule() {
      return deviceId == null ? ReleaseCause.EMPLOYEE : ReleaseCause.DEVICE;
    }
  }

  /**
   * Releases a snapshot of the employee; refused while an alarm about changed files stands or
   * rests.
   */
  public Snapshot release(Actor actor, String snapshotId) {
    Snapshot snapshot = find(actor, snapshotId);
    changeAlarms.refuseWhileOn(actor.employeeId(), clock.instant());
    try (TransferBudget.Place _ = transfers.list(actor.employeeId(), snapshot.objectCount())) {
      boolean inUse = backupSetLock.lock(snapshot.setId());
      Optional<SnapshotRelease> release = releaseOf(snapshot);
      if (release.filter(SnapshotRelease::reversible).isPresent()) {
        return snapshot;
      }
      boolean builtOn =
          inUse
              && !snapshots.hasSuccessor(snapshot)
              && backupSetLock.mayContinue(snapshot.deviceId(), actor.employeeId());
      ReleaseState state = release.map(SnapshotRelease::state).orElse(ReleaseState.KEPT);
      if (!SnapshotActionRules.actions(state, builtOn).contains(SnapshotAction.RELEASE)) {
        throw Refusal.of(ProblemCode.NEWEST_SNAPSHOT);
      }
      SnapshotRelease.Decision decision = decision(actor);
      release.ifPresentOrElse(
          kept -> kept.release(decision),
          () -> snapshots.add(new SnapshotRelease(snapshot, decision)));
      settle(snapshot, decision.at());
    }
    tell(actor, snapshot, NoticeKind.SNAPSHOT_RELEASED, "snapshot.release");
    return snapshot;
  }

  /** Takes a released snapshot back, whoever or whatever released it. */
  public Snapshot takeBack(Actor actor, String snapshotId) {
    Snapshot snapshot = find(actor, snapshotId);
    try (TransferBudget.Place _ = transfers.list(actor.employeeId(), snapshot.objectCount())) {
      backupSetLock.lock(snapshot.setId());
      Optional<SnapshotRelease> release = releaseOf(snapshot).filter(SnapshotRelease::reversible);
      if (release.isEmpty()) {
        return snapshot;
      }
      SnapshotRelease.Decision decision = decision(actor);
      release.get().takeBack(decision);
      settle(snapshot, decision.at());
    }
    tell(actor, snapshot, NoticeKind.SNAPSHOT_TAKEN_BACK, "snapshot.take-back");
    return snapshot;
  }

  private Snapshot find(Actor actor, String snapshotId) {
    String employee = Long.toString(actor.employeeId());
    Instant now = clock.instant();
    if (!LIMIT.allow(employee, now)) {
      throw Refusal.retryAfter(
          ProblemCode.TOO_MANY_REQUESTS, LIMIT.secondsUntilNext(employee, now));
    }
    return snapshots
        .find(actor.employeeId(), BackupRequestFields.id("snapshotId", snapshotId))
        .orElseThrow(Refusal::notFound);
  }

  private Optional<SnapshotRelease> releaseOf(Snapshot snapshot) {
    Optional<SnapshotRelease> release = snapshots.release(snapshot);
    if (release.filter(there -> visibility.isGone(snapshot.employeeId(), there)).isPresent()) {
      throw Refusal.of(ProblemCode.SNAPSHOT_REMOVED);
    }
    return release;
  }

  private SnapshotRelease.Decision decision(Actor actor) {
    return new SnapshotRelease.Decision(
        actor.rule(), actor.deviceId(), clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  private void settle(Snapshot snapshot, Instant wall) {
    BackupRepository repository = objects.repository(snapshot.repositoryId()).orElseThrow();
    garbageMarking.settle(
        repository, new GarbageMarking.ClockReadings(maintenanceState.read().now(wall), wall));
  }

  private void tell(Actor actor, Snapshot snapshot, NoticeKind notice, String action) {
    Map<String, String> detail =
        Map.of(
            "snapshotId", snapshot.snapshotId(),
            "committedAt", snapshot.committedAt().toString(),
            "rule", actor.rule().name(),
            "deviceId", String.valueOf(actor.deviceId()));
    outbox.tell(actor.employeeId(), notice, detail);
    trail.recordAbout(actor.employeeId(), action, "snapshot:" + snapshot.snapshotId(), detail);
  }
}

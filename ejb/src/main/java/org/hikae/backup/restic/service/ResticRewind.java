package org.hikae.backup.restic.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.control.BackupRequestFields;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.service.Quota;
import org.hikae.backup.store.MaintenanceStateStore;
import org.hikae.backup.store.ResticHistoryStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.wire.TakenBack;
import org.hikae.enrollment.service.BackupSetLock;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.service.Policies;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ActorLimit;

/**
 * Takes a repository of restic back to a moment, for an administrator or the employee (HK1-G-07):
 * all of it in one transaction, or nothing. Nothing is destroyed by it either; doing it again
 * changes nothing, and it can be done with another moment.
 */
@ApplicationScoped
public class ResticRewind {

  /** For one employee in an hour: each leaves a row for each object that it brings back. */
  private static final ActorLimit LIMIT = new ActorLimit(20, Duration.ofHours(1), 10_000);

  @Inject private StoredObjectStore objects;
  @Inject private ResticHistoryStore history;
  @Inject private ResticStorageAccounting accounting;
  @Inject private Quota quota;
  @Inject private BackupSetLock backupSetLock;
  @Inject private MaintenanceStateStore maintenanceState;
  @Inject private Policies policies;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** Shows restic the employee's repository as it was at a moment within the hold period. */
  public TakenBack takeBack(long employeeId, String resticId, Instant moment) {
    BackupRepository repository =
        objects
            .resticRepository(employeeId, BackupRequestFields.id("repository", resticId))
            .orElseThrow(Refusal::notFound);
    backupSetLock.lock(repository.setId());
    // After the wait: nothing is stored or released between this moment and the end.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant to = moment.truncatedTo(ChronoUnit.MICROS);
    requireWithinHold(employeeId, to, now);
    requireRoomForRows(employeeId, now);
    long released = history.releaseOthers(repository.id(), to, now);
    long revived = history.revive(repository.id(), to, now);
    released += history.keepOneConfig(repository.id(), now);
    long bytes = history.dropNeededFromIdle(repository.id());
    quota.change(employeeId, bytes, -bytes);
    accounting.admit(repository, maintenanceState.read().now(now));
    Map<String, String> detail =
        Map.of(
            "moment", to.toString(),
            "revived", Long.toString(revived),
            "released", Long.toString(released));
    trail.recordAbout(employeeId, "restic.take-back", "repository:" + resticId, detail);
    if (revived + released > 0) {
      outbox.tell(employeeId, NoticeKind.RESTIC_TAKEN_BACK, detail);
    }
    return new TakenBack(to, revived, released);
  }

  private void requireWithinHold(long employeeId, Instant moment, Instant now) {
    if (moment.isAfter(now) || moment.isBefore(now.minus(policies.holdPeriod(employeeId)))) {
      throw Refusal.malformed("moment must lie within the hold period and not in the future.");
    }
  }

  private static void requireRoomForRows(long employeeId, Instant now) {
    String employee = Long.toString(employeeId);
    if (!LIMIT.allow(employee, now)) {
      throw Refusal.retryAfter(
          ProblemCode.TOO_MANY_REQUESTS, LIMIT.secondsUntilNext(employee, now));
    }
  }
}

package org.hikae.backup.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.control.ChangeAlarmRules;
import org.hikae.backup.entity.ChangeAlarm;
import org.hikae.backup.entity.Run;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.store.ChangeAlarmStore;
import org.hikae.backup.value.DepartureKind;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.enrollment.service.ChangeConsent;
import org.hikae.enrollment.service.OverdueDevices;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.service.Policies;
import org.hikae.policy.view.ChangeAlarmThresholds;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Alarms about files that malware may have changed (spec HK1-R-21). While one stands, and rests,
 * nothing of the employee's is released, dropped or removed (HK1-H-12): whoever is about to do so
 * holds the employee, or refuses, and asks here. Works in the transactions of several use cases.
 */
@ApplicationScoped
public class ChangeAlarms {

  /**
   * For so long after an alarm nothing goes either: hold periods ran on meanwhile, and whoever has
   * to take something back needs time for it.
   */
  public static final Duration REST = Duration.ofDays(7);

  private static final Duration DAY = Duration.ofDays(1);

  /** Most devices that one transaction raises an alarm about; the next report takes the rest. */
  private static final int MOST_AT_ONCE = 200;

  @Inject private ChangeAlarmStore alarms;
  @Inject private ChangeConsent changeConsent;
  @Inject private Policies policies;
  @Inject private EmployeeLock employeeLock;
  @Inject private HoldPeriodClock holdPeriodClock;
  @Inject private OverdueDevices devices;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;

  /**
   * Whether nothing of the employee's may go: an alarm stands, or was ended less than {@link #REST}
   * ago by a clock that no jump of the server's moves.
   *
   * @param wall the server's clock
   */
  public boolean on(long employeeId, Instant wall) {
    return alarms.freezes(employeeId, holdPeriodClock.now(wall));
  }

  /** Refuses to let anything of the employee's go while an alarm stands or rests. */
  public void refuseWhileOn(long employeeId, Instant wall) {
    if (on(employeeId, wall)) {
      throw Refusal.of(ProblemCode.RELEASE_FROZEN);
    }
  }

  /**
   * Keeps what a run that has ended tells, and judges it; nothing of it when the employee has not
   * agreed to tell it. The caller holds the employee.
   */
  public void told(Run run, ChangeFigures changes, Instant now) {
    if (changeConsent.version(run.employeeId()).isEmpty()) {
      return;
    }
    ChangeAlarmThresholds thresholds = policies.changeAlarmThresholds(run.employeeId());
    Optional<Instant> began = alarms.lastEnd(run.deviceId());
    List<Run> before =
        alarms.told(
            run.deviceId(), run.row(), ChangeAlarmRules.RECENT + ChangeAlarmRules.USUAL - 1);
    List<Run> recent =
        before.stream()
            .limit(ChangeAlarmRules.RECENT - 1L)
            .filter(one -> began.isEmpty() || one.firstReportedAt().isAfter(began.get()))
            .toList();
    // What was an outbreak does not make the next one usual.
    List<ChangeFigures> usual =
        before.stream()
            .skip(recent.size())
            .filter(one -> one.departure() != DepartureKind.OUTBREAK)
            .map(ChangeAlarms::changes)
            .limit(ChangeAlarmRules.USUAL)
            .toList();
    Optional<DepartureKind> how =
        ChangeAlarmRules.judge(
            changes, recent.stream().map(ChangeAlarms::changes).toList(), usual, thresholds);
    run.changed(changes, how.orElse(null));
    if (how.isEmpty()) {
      return;
    }
    if (how.get() == DepartureKind.OUTBREAK) {
      raise(run, recent, false, now);
    }
    raiseOfMany(thresholds, now);
  }

  /** About all devices that departed within a day, when they are too many. */
  private void raiseOfMany(ChangeAlarmThresholds thresholds, Instant now) {
    Instant since = now.minus(DAY);
    List<Run> departed = alarms.departedSince(since, MOST_AT_ONCE);
    long before =
        alarms.departures(since.minus(DAY.multipliedBy(ChangeAlarmRules.USUAL_DAYS)), since);
    if (ChangeAlarmRules.isOutbreakOfMany(departed.size(), before, thresholds)) {
      // In the order of employees, so that two reports wait for each other in one direction only.
      departed.forEach(
          run -> {
            employeeLock.lock(run.employeeId());
            raise(run, alarms.told(run.deviceId(), run.row(), ChangeAlarmRules.RECENT), true, now);
          });
    }
  }

  /**
   * Raises an alarm, unless one stands.
   *
   * @param recent told runs of the device before this one, newest first
   */
  private void raise(Run run, List<Run> recent, boolean ofMany, Instant now) {
    if (alarms.current(run.deviceId()).isPresent()
        || alarms.lastEnd(run.deviceId()).filter(run.firstReportedAt()::isBefore).isPresent()) {
      return;
    }
    List<Run> runs = new ArrayList<>(List.of(run));
    runs.addAll(recent);
    int first = 0;
    while (first + 1 < runs.size() && ChangeAlarmRules.weight(changes(runs.get(first + 1))) > 0) {
      first++;
    }
    Run begin = runs.get(first);
    Snapshot good = alarms.lastBefore(run.deviceId(), begin.goodUntil()).orElse(null);
    ChangeAlarm alarm = alarms.add(new ChangeAlarm(begin, good, ofMany, now));
    outbox.tell(
        run.employeeId(),
        NoticeKind.CHANGES_SUSPECTED,
        Map.of(
            "deviceId", run.deviceId(),
            "name", devices.nameOf(run.deviceId()),
            "since", alarm.suspectedSince().toString()));
    trail.recordSystemAbout(
        run.employeeId(),
        "runs",
        "change-alarm.raise",
        "device:" + run.deviceId(),
        Map.of(
            "alarmId", Long.toString(alarm.alarmId()),
            "since", alarm.suspectedSince().toString(),
            "ofMany", Boolean.toString(ofMany)));
  }

  private static ChangeFigures changes(Run run) {
    return Objects.requireNonNull(run.changes());
  }
}

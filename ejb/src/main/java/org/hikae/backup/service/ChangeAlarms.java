package org.hikae.backup.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.control.ChangeAlarmRules;
import org.hikae.backup.control.ChangeAlarmRules.DayWeight;
import org.hikae.backup.entity.ChangeAlarm;
import org.hikae.backup.entity.ChangeDay;
import org.hikae.backup.entity.Run;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.store.ChangeAlarmStore;
import org.hikae.backup.store.ChangeDayStore;
import org.hikae.backup.value.DepartureKind;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.enrollment.service.ChangeConsent;
import org.hikae.enrollment.service.OverdueDevices;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.service.Policies;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Alarms about files that malware may have changed (spec HK1-R-21). While one stands, and rests,
 * nothing of the employee's is released, dropped or removed (HK1-H-12): whoever is about to do so
 * holds the employee, or refuses, and asks here. Works in the transactions of several use cases,
 * each of which holds one employee at most.
 */
@ApplicationScoped
public class ChangeAlarms {

  /**
   * For so long after an alarm nothing goes either: hold periods ran on meanwhile, and whoever has
   * to take something back needs time for it.
   */
  public static final Duration REST = Duration.ofDays(7);

  @Inject private ChangeAlarmStore alarms;
  @Inject private ChangeDayStore days;
  @Inject private ChangeConsent changeConsent;
  @Inject private Policies policies;
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
   * Adds what a run that has ended tells to its day, and judges the device; nothing of it when the
   * employee has not agreed to tell it, or the run began before somebody judged the device. The
   * caller holds the employee.
   */
  public void told(Run run, ChangeFigures changes, Instant now) {
    if (changeConsent.version(run.employeeId()).isEmpty()
        || alarms.lastEnd(run.deviceId()).filter(run.firstReportedAt()::isBefore).isPresent()) {
      return;
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    ChangeDay day = days.of(run.employeeId(), run.deviceId(), today);
    day.add(ChangeAlarmRules.weight(changes), run);
    if (ChangeAlarmRules.weight(changes) == 0) {
      return;
    }
    List<DayWeight> weights =
        days.after(run.deviceId(), ChangeAlarmRules.usualFrom(today).minusDays(1)).stream()
            .map(ChangeAlarms::weight)
            .toList();
    Optional<DepartureKind> how =
        ChangeAlarmRules.judge(
            changes, today, weights, policies.changeAlarmThresholds(run.employeeId()));
    how.ifPresent(kind -> day.depart(kind, now));
    if (how.filter(DepartureKind.OUTBREAK::equals).isPresent()) {
      raise(day, false, now);
    }
  }

  private static DayWeight weight(ChangeDay day) {
    return new DayWeight(
        day.day(), day.weight(), day.settled(), day.departure() == DepartureKind.OUTBREAK);
  }

  /**
   * Raises alarms about all devices of an employee that departed since a moment, once each; none
   * when the employee takes part no more. The caller holds the employee.
   */
  public void raiseOfMany(long employeeId, Instant since, Instant now) {
    if (changeConsent.version(employeeId).isEmpty()) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (ChangeDay day : days.departed(employeeId, since)) {
      if (seen.add(day.deviceId())) {
        raise(day, true, now);
      }
    }
  }

  /** Raises an alarm, unless one stands. */
  private void raise(ChangeDay departed, boolean ofMany, Instant now) {
    if (alarms.current(departed.deviceId()).isPresent()) {
      return;
    }
    ChangeDay begin = begin(departed);
    Snapshot good =
        alarms
            .lastBefore(departed.deviceId(), Objects.requireNonNull(begin.goodUntil()))
            .orElse(null);
    ChangeAlarm alarm = alarms.add(new ChangeAlarm(begin, good, ofMany, now));
    outbox.tell(
        alarm.employeeId(),
        NoticeKind.CHANGES_SUSPECTED,
        Map.of(
            "deviceId", alarm.deviceId(),
            "name", devices.nameOf(alarm.deviceId()),
            "since", alarm.suspectedSince().toString()));
    trail.recordSystemAbout(
        alarm.employeeId(),
        "runs",
        "change-alarm.raise",
        "device:" + alarm.deviceId(),
        Map.of(
            "alarmId", Long.toString(alarm.alarmId()),
            "since", alarm.suspectedSince().toString(),
            "ofMany", Boolean.toString(ofMany)));
  }

  /** The first of the recent days without a quiet one after it. */
  private ChangeDay begin(ChangeDay departed) {
    ChangeDay begin = departed;
    for (ChangeDay day :
        days.after(departed.deviceId(), ChangeAlarmRules.recentFrom(departed.day()).minusDays(1))) {
      if (day.day().isBefore(begin.day())) {
        if (day.weight() == 0) {
          return begin;
        }
        begin = day;
      }
    }
    return begin;
  }

  /**
   * A person has judged the device: nothing that it told so far is in a sum any more.
   *
   * @param meant whether the changes since {@code since} were meant; then they are usual
   */
  public void settle(String deviceId, Instant since, boolean meant, Instant now) {
    LocalDate first = LocalDate.ofInstant(since, ZoneOffset.UTC);
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    days.after(deviceId, ChangeAlarmRules.usualFrom(today).minusDays(1))
        .forEach(day -> day.settle(meant || day.day().isBefore(first)));
  }

  /**
   * What an employee's devices told until a moment goes, with the alarms raised until then: what it
   * was about is erased.
   */
  public void erase(long employeeId, Instant until) {
    alarms.of(employeeId).stream()
        .filter(alarm -> !alarm.raisedAt().isAfter(until))
        .forEach(alarm -> outbox.over(NoticeKind.CHANGES_SUSPECTED, "deviceId", alarm.deviceId()));
    alarms.erase(employeeId, until);
    days.erase(employeeId, LocalDate.ofInstant(until, ZoneOffset.UTC));
  }
}

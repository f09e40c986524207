package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.entity.ChangeAlarm;
import org.hikae.backup.service.ChangeAlarmReader;
import org.hikae.backup.service.ChangeAlarms;
import org.hikae.backup.service.HoldPeriodClock;
import org.hikae.backup.store.ChangeAlarmStore;
import org.hikae.backup.value.ChangeAlarmId;
import org.hikae.backup.view.ChangeAlarmView;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.view.Caller;
import org.hikae.enrollment.service.OverdueDevices;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Staff see alarms about files that malware may have changed, and administrators end them with a
 * recent sign-in (spec HK1-H-12). Ending one opens nothing and removes nothing: nothing goes for a
 * rest after it, in which the employee takes back what is to stay.
 */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class ChangeAlarmCommands {

  /** Most alarms that are shown together. */
  public static final int MAX_SHOWN = 50;

  @Inject private ChangeAlarmStore alarms;
  @Inject private ChangeAlarmReader reader;
  @Inject private ChangeAlarms changeAlarms;
  @Inject private EmployeeDirectory directory;
  @Inject private EmployeeLock employeeLock;
  @Inject private HoldPeriodClock holdPeriodClock;
  @Inject private OverdueDevices devices;
  @Inject private CurrentCaller currentCaller;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** Alarms that stand, the newest first, at most {@link #MAX_SHOWN}. */
  public List<ChangeAlarmView> standing() {
    return reader.views(alarms.standing(currentCaller.caller().scope(), MAX_SHOWN));
  }

  /** The alarm that stands about a device. */
  public Optional<ChangeAlarmView> of(String deviceId) {
    List<ChangeAlarm> found =
        alarms
            .current(deviceId)
            .flatMap(alarm -> alarms.standing(currentCaller.caller().scope(), alarm.alarmId()))
            .stream()
            .toList();
    return reader.views(found).stream().findFirst();
  }

  /** Until when nothing of an employee goes after an alarm; empty when none of theirs rests. */
  public Optional<Instant> restUntil(EmployeeId employeeId) {
    return reader.restUntil(currentCaller.caller().scope(), employeeId.value());
  }

  /**
   * Ends an alarm; refused as not found when it does not stand, and to whose device it is about.
   *
   * @param harmless whether the changes were meant; then they count as usual for the device
   */
  @RolesAllowed(RealmNames.BACKUP_ADMIN)
  public void end(ChangeAlarmId alarmId, boolean harmless) {
    Caller caller = currentCaller.recentlySignedIn();
    ChangeAlarm found =
        alarms.standing(caller.scope(), alarmId.value()).orElseThrow(Refusal::notFound);
    refuseOwn(caller, found);
    employeeLock.lock(found.employeeId());
    ChangeAlarm alarm = alarms.lock(found).orElseThrow(Refusal::notFound);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant restUntil = holdPeriodClock.now(now).plus(ChangeAlarms.REST);
    alarm.end(caller.issuer(), caller.subject(), harmless, now, restUntil);
    changeAlarms.settle(alarm.deviceId(), alarm.suspectedSince(), harmless, now);
    outbox.tell(
        alarm.employeeId(),
        NoticeKind.CHANGES_CLEARED,
        Map.of(
            "deviceId", alarm.deviceId(),
            "name", devices.nameOf(alarm.deviceId()),
            "until", holdPeriodClock.wall(restUntil, now).toString()));
    outbox.over(NoticeKind.CHANGES_SUSPECTED, "deviceId", alarm.deviceId());
    trail.recordAbout(
        alarm.employeeId(),
        "change-alarm.end",
        "device:" + alarm.deviceId(),
        Map.of("alarmId", alarmId.toString(), "harmless", Boolean.toString(harmless)));
  }

  /** Who controls the device may control its owner's sign-in, too. */
  private void refuseOwn(Caller caller, ChangeAlarm alarm) {
    EmployeeView owner = directory.find(alarm.employeeId()).orElseThrow(Refusal::notFound);
    if (owner.issuer().equals(caller.issuer()) && owner.subject().equals(caller.subject())) {
      throw Refusal.of(ProblemCode.ANOTHER_PERSON);
    }
  }
}

package org.hikae.backup.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.entity.ChangeAlarm;
import org.hikae.backup.store.ChangeAlarmStore;
import org.hikae.backup.value.ChangeAlarmId;
import org.hikae.backup.view.ChangeAlarmView;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.enrollment.service.OverdueDevices;

/** What is shown of alarms about changed files, for several use cases. */
@ApplicationScoped
public class ChangeAlarmReader {

  @Inject private OverdueDevices devices;
  @Inject private ChangeAlarmStore alarms;
  @Inject private HoldPeriodClock holdPeriodClock;
  @Inject private Clock clock;

  /** Each as it is shown, in the same order. */
  public List<ChangeAlarmView> views(List<ChangeAlarm> found) {
    return found.stream().map(this::view).toList();
  }

  /**
   * When, by the server's clock, things of an employee of a scope go again after an alarm; empty
   * when none of theirs rests.
   */
  public Optional<Instant> restUntil(DepartmentScope scope, long employeeId) {
    Instant now = clock.instant();
    return alarms
        .restUntil(scope, employeeId, holdPeriodClock.now(now))
        .map(kept -> holdPeriodClock.wall(kept, now));
  }

  private ChangeAlarmView view(ChangeAlarm alarm) {
    return new ChangeAlarmView(
        new ChangeAlarmId(alarm.alarmId()),
        alarm.employeeId(),
        alarm.deviceId(),
        devices.nameOf(alarm.deviceId()),
        alarm.ofMany(),
        alarm.suspectedSince(),
        alarm.goodSnapshotId(),
        alarm.goodSnapshotAt());
  }
}

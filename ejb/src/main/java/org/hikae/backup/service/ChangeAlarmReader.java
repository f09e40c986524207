package org.hikae.backup.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.backup.entity.ChangeAlarm;
import org.hikae.backup.value.ChangeAlarmId;
import org.hikae.backup.view.ChangeAlarmView;
import org.hikae.enrollment.service.OverdueDevices;

/** What is shown of alarms about changed files, for several use cases. */
@ApplicationScoped
public class ChangeAlarmReader {

  @Inject private OverdueDevices devices;

  /** Each as it is shown, in the same order. */
  public List<ChangeAlarmView> views(List<ChangeAlarm> alarms) {
    return alarms.stream().map(this::view).toList();
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

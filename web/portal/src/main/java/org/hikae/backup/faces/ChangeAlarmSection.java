package org.hikae.backup.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.boundary.ChangeAlarmCommands;
import org.hikae.backup.value.ChangeAlarmId;
import org.hikae.backup.view.ChangeAlarmView;
import org.hikae.identity.value.EmployeeId;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/**
 * Alarms about files that malware may have changed, for those who run the backup: all of them, or
 * that about one device.
 */
@Named
@RequestScoped
public class ChangeAlarmSection {

  @Inject private ChangeAlarmCommands alarms;
  @Inject private Banner banner;

  private @Nullable List<ChangeAlarmView> standing;
  private @Nullable ChangeAlarmView ofDevice;
  private @Nullable Instant restUntil;

  /** Reads the alarm about a device of an employee; before each rendering of its page. */
  public void showDevice(String deviceId, long employeeId) {
    ofDevice = alarms.of(deviceId).orElse(null);
    restUntil = alarms.restUntil(new EmployeeId(employeeId)).orElse(null);
  }

  /** Until when nothing of the device's employee goes after an alarm; null when none rests. */
  public @Nullable Instant getRestUntil() {
    return restUntil;
  }

  /** The alarm about the device; null when none stands. */
  public @Nullable ChangeAlarmView getOfDevice() {
    return ofDevice;
  }

  /** Those that stand, the newest first. */
  public List<ChangeAlarmView> getStanding() {
    List<ChangeAlarmView> known = standing;
    if (known == null) {
      known = alarms.standing();
      standing = known;
    }
    return known;
  }

  /** Ends the alarm about a device: its employee meant the changes. */
  public void endAsMeant(long alarmId) {
    end(alarmId, true);
  }

  /** Ends the alarm about a device: it is clean again. */
  public void endAsCleaned(long alarmId) {
    end(alarmId, false);
  }

  private void end(long alarmId, boolean harmless) {
    banner.attempt(() -> alarms.end(new ChangeAlarmId(alarmId), harmless), "ppl", "changes.ended");
  }
}

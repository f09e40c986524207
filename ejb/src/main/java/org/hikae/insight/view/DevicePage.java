package org.hikae.insight.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.hikae.enrollment.control.DeviceActionRules;
import org.hikae.enrollment.view.DeviceAction;
import org.hikae.enrollment.wire.BackupProgram;
import org.hikae.enrollment.wire.DeviceState;
import org.jspecify.annotations.Nullable;

/**
 * A page of devices.
 *
 * @param devices those asked for
 * @param next value of {@code cursor} for the next page; absent on the last
 */
public record DevicePage(List<Entry> devices, @Nullable String next) {

  /** Copies the list. */
  public DevicePage {
    devices = List.copyOf(devices);
  }

  /**
   * A device.
   *
   * @param deviceId hexadecimal identifier
   * @param employeeId whose
   * @param employeeName what they are called
   * @param name what they call it
   * @param platform operating system and architecture
   * @param agentVersion version of the agent it last reported
   * @param state {@code ACTIVE}, {@code PAUSED} or {@code REVOKED}
   * @param enrolledAt ISO-8601 instant
   * @param lastSeenAt ISO-8601 instant of its last session, if any
   * @param lastBackupAt ISO-8601 instant of its last snapshot, if any
   * @param lastBackupBy what made its last snapshot, if any: AGENT or RESTIC
   */
  public record Entry(
      String deviceId,
      long employeeId,
      String employeeName,
      String name,
      String platform,
      String agentVersion,
      DeviceState state,
      Instant enrolledAt,
      @Nullable Instant lastSeenAt,
      @Nullable Instant lastBackupAt,
      @Nullable BackupProgram lastBackupBy)
      implements Serializable {

    /** Whether this may be done with it and would change it. */
    public boolean may(DeviceAction action) {
      return DeviceActionRules.actions(state).contains(action);
    }
  }
}

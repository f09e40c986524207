package org.hikae.insight.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.hikae.backup.wire.RunReport;
import org.hikae.enrollment.control.DeviceActionRules;
import org.hikae.enrollment.view.DeviceAction;
import org.hikae.enrollment.wire.BackupProgram;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.hk1.WrapMethod;
import org.hikae.openapi.wire.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * What an employee sees of their own backup.
 *
 * @param optIn where they stand
 * @param setId the current set, if any
 * @param generation generation of K, 0 without a set
 * @param storedBytes bytes stored, each object counted once
 * @param objects objects stored
 * @param snapshots snapshots kept
 * @param lastBackupAt time of the newest snapshot, if any
 * @param lastBackupBy what made the newest snapshot, if any: AGENT or RESTIC
 * @param devices their devices, revoked ones last
 * @param protections the protections of the current set's K
 * @param legalHoldSince since when the backup is on legal hold; absent when it is not, or when the
 *     employee is not told
 */
public record OwnOverview(
    OptInState optIn,
    @Nullable String setId,
    long generation,
    long storedBytes,
    long objects,
    long snapshots,
    @Nullable Instant lastBackupAt,
    @Nullable BackupProgram lastBackupBy,
    List<OwnDevice> devices,
    List<Protection> protections,
    @Nullable Instant legalHoldSince)
    implements Serializable {

  public static OwnOverview empty() {
    return new OwnOverview(
        OptInState.NOT_OPTED_IN, null, 0, 0, 0, 0, null, null, List.of(), List.of(), null);
  }

  /** What made the newest snapshot of all devices, if there is one. */
  public static @Nullable BackupProgram lastBackupBy(List<OwnDevice> devices) {
    return devices.stream()
        .filter(device -> device.lastBackupAt() != null)
        .max(Comparator.comparing(device -> Objects.requireNonNull(device.lastBackupAt())))
        .map(OwnDevice::lastBackupBy)
        .orElse(null);
  }

  /**
   * One of their devices.
   *
   * @param deviceId identifier
   * @param name what they call it
   * @param platform operating system and architecture
   * @param agentVersion version of the agent
   * @param state ACTIVE, PAUSED or REVOKED
   * @param enrolledAt when it was enrolled
   * @param lastSeenAt last device session, if any
   * @param lastBackupAt newest snapshot, if any
   * @param lastBackupBy what made the newest snapshot, if any: AGENT or RESTIC
   * @param lastRunAt last report of the newest run, if any
   * @param lastRunKind BACKUP, RESTORE or VERIFY
   * @param lastRun how the newest run stands
   */
  @SchemaName("OwnOverviewDevice")
  public record OwnDevice(
      String deviceId,
      String name,
      String platform,
      String agentVersion,
      DeviceState state,
      Instant enrolledAt,
      @Nullable Instant lastSeenAt,
      @Nullable Instant lastBackupAt,
      @Nullable BackupProgram lastBackupBy,
      @Nullable Instant lastRunAt,
      RunReport.@Nullable Kind lastRunKind,
      @Nullable RunState lastRun)
      implements Serializable {

    /** Whether this may be done with it and would change it. */
    public boolean may(DeviceAction action) {
      return DeviceActionRules.actions(state).contains(action);
    }
  }

  /**
   * A protection of K; never its bytes.
   *
   * @param wrapId identifier
   * @param method PASSWORD_VAULT, DIGIT_KEY or CHAIN
   * @param generation generation of K
   * @param deviceName the device that made it
   * @param createdAt when
   */
  public record Protection(
      String wrapId, WrapMethod method, long generation, String deviceName, Instant createdAt)
      implements Serializable {}
}

package org.hikae.insight.entity;

import java.time.Instant;
import org.hikae.enrollment.entity.DeviceState;
import org.jspecify.annotations.Nullable;

/**
 * Which devices to find. Absent parts find all.
 *
 * @param state in this state
 * @param agentVersion with exactly this agent
 * @param backupBefore whose last backup is older, or who have none
 * @param descending newest backup first; otherwise those without one, then the oldest
 */
public record DeviceFilter(
    @Nullable DeviceState state,
    @Nullable String agentVersion,
    @Nullable Instant backupBefore,
    boolean descending) {

  /**
   * A place in the list: the last device before it.
   *
   * @param lastBackupAt its last backup, if any
   * @param deviceId which
   */
  public record Place(@Nullable Instant lastBackupAt, String deviceId) {}
}

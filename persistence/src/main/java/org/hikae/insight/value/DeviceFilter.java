package org.hikae.insight.value;

import java.time.Instant;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.enrollment.wire.DeviceState;
import org.jspecify.annotations.Nullable;

/**
 * Which devices to find. Absent parts find all.
 *
 * @param state in this state
 * @param agentVersion with exactly this agent
 * @param backupBefore whose last backup is older, or who have none
 * @param age of people who take part, not revoked, and whose last backup lies so
 * @param since what happened to them lately
 * @param group of people who are members of this group itself
 * @param text with this in their name, or in their person's name, user name or mail, in any case
 * @param descending newest backup first; otherwise those without one, then the oldest
 * @param scope devices of people of these departments only
 */
public record DeviceFilter(
    @Nullable DeviceState state,
    @Nullable String agentVersion,
    @Nullable Instant backupBefore,
    @Nullable Age age,
    @Nullable Since since,
    @Nullable String group,
    @Nullable String text,
    boolean descending,
    DepartmentScope scope) {

  /** Of the whole company, whatever they are called. */
  public DeviceFilter(
      @Nullable DeviceState state,
      @Nullable String agentVersion,
      @Nullable Instant backupBefore,
      @Nullable Age age,
      @Nullable Since since,
      @Nullable String group,
      boolean descending) {
    this(
        state,
        agentVersion,
        backupBefore,
        age,
        since,
        group,
        null,
        descending,
        DepartmentScope.COMPANY);
  }

  /**
   * Where the last backup lies; both absent for none at all.
   *
   * @param from at or after
   * @param before before
   */
  public record Age(@Nullable Instant from, @Nullable Instant before) {}

  /**
   * What happened at or after an instant; absent parts may have been any time.
   *
   * @param backup the last backup
   * @param enrolment that it was added
   */
  public record Since(@Nullable Instant backup, @Nullable Instant enrolment) {}

  /**
   * A place in the list: the last device before it.
   *
   * @param lastBackupAt its last backup, if any
   * @param deviceId which
   */
  public record Place(@Nullable Instant lastBackupAt, String deviceId) {}
}

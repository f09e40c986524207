package org.hikae.insight.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Devices to look for. Absent parts find all.
 *
 * @param state {@code ACTIVE}, {@code PAUSED} or {@code REVOKED}
 * @param agentVersion exactly this version
 * @param backupBefore whose last backup is older, or who have none
 * @param age {@code FRESH}, {@code LATE}, {@code STALE} or {@code NEVER}: devices of people who
 *     take part, revoked ones left out, as the overview counts them
 * @param lately what happened to them within {@link Coverage#LATELY}
 * @param department only devices of members of exactly this group
 * @param descending newest backup first; otherwise those without one, then the oldest
 */
public record DeviceCriteria(
    @Nullable String state,
    @Nullable String agentVersion,
    @Nullable Instant backupBefore,
    @Nullable String age,
    @Nullable Lately lately,
    @Nullable String department,
    boolean descending) {

  /** What happened to a device. */
  public enum Lately {
    /** It backed up. */
    BACKED_UP,
    /** It was added. */
    ADDED
  }
}

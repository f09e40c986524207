package org.hikae.insight.view;

import java.time.Instant;
import org.hikae.enrollment.wire.DeviceState;
import org.jspecify.annotations.Nullable;

/**
 * Devices to look for. Absent parts find all.
 *
 * @param state whether they may act
 * @param agentVersion exactly this version
 * @param backupBefore whose last backup is older, or who have none
 * @param age how old their last backup is: devices of people who take part, revoked ones left out,
 *     as the overview counts them
 * @param lately what happened to them within {@link Coverage#LATELY}; that their last backup became
 *     too old is counted as the overview does, whatever {@code age} says
 * @param department only devices of members of exactly this group
 * @param text only devices with this in their name, or in their person's name, user name or mail,
 *     in any case; at most {@link #MAX_TEXT_CHARS}
 * @param descending newest backup first; otherwise those without one, then the oldest
 */
public record DeviceCriteria(
    @Nullable DeviceState state,
    @Nullable String agentVersion,
    @Nullable Instant backupBefore,
    @Nullable Age age,
    @Nullable Lately lately,
    @Nullable String department,
    @Nullable String text,
    boolean descending) {

  /** Longest text to look for. */
  public static final int MAX_TEXT_CHARS = 100;

  /** Refuses what no page asks for. */
  public DeviceCriteria {
    if (text != null && text.length() > MAX_TEXT_CHARS) {
      throw new IllegalArgumentException("text may have at most " + MAX_TEXT_CHARS + " characters");
    }
  }

  /** Whatever they are called. */
  public DeviceCriteria(
      @Nullable DeviceState state,
      @Nullable String agentVersion,
      @Nullable Instant backupBefore,
      @Nullable Age age,
      @Nullable Lately lately,
      @Nullable String department,
      boolean descending) {
    this(state, agentVersion, backupBefore, age, lately, department, null, descending);
  }

  /** How old a last backup is. */
  public enum Age {
    /** Younger than {@link Coverage#WARN_AFTER}. */
    FRESH,
    /** Older, but younger than {@link Coverage#CRITICAL_AFTER}. */
    LATE,
    /** Older than that. */
    STALE,
    /** There is none. */
    NEVER
  }

  /** What happened to a device. */
  public enum Lately {
    /** It backed up. */
    BACKED_UP,
    /** It was added. */
    ADDED,
    /** Its last backup became older than {@link Coverage#WARN_AFTER}. */
    BECAME_LATE,
    /** Its last backup became older than {@link Coverage#CRITICAL_AFTER}. */
    BECAME_STALE
  }
}

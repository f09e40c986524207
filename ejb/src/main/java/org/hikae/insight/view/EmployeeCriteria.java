package org.hikae.insight.view;

import org.hikae.enrollment.wire.OptInState;
import org.jspecify.annotations.Nullable;

/**
 * Employees to look for.
 *
 * @param text part of a display name, user name or mail, in any case; blank finds everyone
 * @param optIn only employees in this state, or null
 * @param lastRun only employees whose last run stands so, or null
 * @param failedLately only employees whose last run failed within {@link Coverage#LATELY}
 * @param sort what to order by; employees without a value come last
 * @param descending from large to small
 */
public record EmployeeCriteria(
    String text,
    @Nullable OptInState optIn,
    @Nullable RunState lastRun,
    boolean failedLately,
    Sort sort,
    boolean descending) {

  /** Most employees on one page. */
  public static final int MAX_LIMIT = 200;

  /** Longest text to look for. */
  public static final int MAX_TEXT_CHARS = 100;

  /** Columns that can be sorted by. */
  public enum Sort {
    /** Display name. */
    NAME,
    /** Opt-in state. */
    OPT_IN,
    /** Number of devices. */
    DEVICES,
    /** Time of the last report of the last run. */
    LAST_RUN,
    /** Time of the last snapshot. */
    LAST_BACKUP,
    /** Bytes stored. */
    STORED_BYTES
  }

  /** Refuses what no page asks for. */
  public EmployeeCriteria {
    if (text.length() > MAX_TEXT_CHARS) {
      throw new IllegalArgumentException("text may have at most " + MAX_TEXT_CHARS + " characters");
    }
  }
}

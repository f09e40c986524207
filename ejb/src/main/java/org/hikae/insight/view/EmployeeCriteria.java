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
 * @param department only members of exactly this group, or null
 * @param health only employees who are protected, or who are not, or null
 * @param sort what to order by; employees without a value come last
 * @param descending from large to small
 */
public record EmployeeCriteria(
    String text,
    @Nullable OptInState optIn,
    @Nullable RunState lastRun,
    boolean failedLately,
    @Nullable String department,
    @Nullable Health health,
    Sort sort,
    boolean descending) {

  /** Of any department, protected or not. */
  public EmployeeCriteria(
      String text,
      @Nullable OptInState optIn,
      @Nullable RunState lastRun,
      boolean failedLately,
      Sort sort,
      boolean descending) {
    this(text, optIn, lastRun, failedLately, null, null, sort, descending);
  }

  /** Most employees on one page. */
  public static final int MAX_LIMIT = 200;

  /** Longest text to look for. */
  public static final int MAX_TEXT_CHARS = 100;

  /** Whether those who take part are protected. */
  public enum Health {
    /** They have devices, and each was backed up within {@link Coverage#WARN_AFTER}. */
    PROTECTED,
    /** They have none, or one that was not. */
    BEHIND
  }

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

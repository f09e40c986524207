package org.hikae.insight.boundary;

import org.jspecify.annotations.Nullable;

/**
 * A page of employees to look for.
 *
 * @param text part of a display name, user name or mail, in any case; blank finds everyone
 * @param optIn only employees in this state, or null
 * @param lastRun only employees whose last run stands so, or null
 * @param sort what to order by; employees without a value come last
 * @param descending from large to small
 * @param offset employees to skip, from 0
 * @param limit most employees to return, 1 to {@link #MAX_LIMIT}
 */
public record EmployeeQuery(
    String text,
    @Nullable OptInState optIn,
    @Nullable RunState lastRun,
    Sort sort,
    boolean descending,
    int offset,
    int limit) {

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
  public EmployeeQuery {
    if (offset < 0 || limit < 1 || limit > MAX_LIMIT || text.length() > MAX_TEXT_CHARS) {
      throw new IllegalArgumentException(
          "offset must not be negative, limit be 1 to "
              + MAX_LIMIT
              + ", text have at most "
              + MAX_TEXT_CHARS
              + " characters");
    }
  }
}

package org.hikae.insight.view;

import java.time.Duration;

/**
 * How well the company is covered.
 *
 * @param people who takes part
 * @param devices how fresh the backups of their devices are
 * @param storedBytes bytes stored for everybody
 */
public record Coverage(People people, Devices devices, long storedBytes) {

  /** Age of a last backup that deserves a look. */
  public static final Duration WARN_AFTER = Duration.ofDays(3);

  /** Age of a last backup that deserves a call. */
  public static final Duration CRITICAL_AFTER = Duration.ofDays(7);

  /** What happened lately happened within this time. */
  public static final Duration LATELY = Duration.ofHours(24);

  /**
   * Who takes part.
   *
   * @param total all known employees
   * @param optedIn take part
   * @param pending consented, without a protection yet
   * @param withdrawn took part and withdrew
   */
  public record People(long total, long optedIn, long pending, long withdrawn) {

    /** Share of all employees who take part, in whole percent. */
    public int percent() {
      return total == 0 ? 0 : (int) (optedIn * 100 / total);
    }
  }

  /**
   * Devices of people who take part, by age of their last backup.
   *
   * @param total all of them
   * @param fresh younger than three days
   * @param late older, but younger than seven days
   * @param stale older than that
   * @param never no backup yet
   */
  public record Devices(long total, long fresh, long late, long stale, long never) {}
}

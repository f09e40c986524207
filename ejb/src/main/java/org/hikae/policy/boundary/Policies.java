package org.hikae.policy.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import java.time.Duration;
import java.util.List;

/** What holds for an employee, for the use cases of other capabilities. */
@Stateless
@PermitAll
public class Policies {

  private static final long GIB = 1024L * 1024 * 1024;

  private static final BackupPolicy DEFAULT =
      new BackupPolicy(
          100 * GIB,
          80,
          100 * GIB,
          new Retention(10, 24, 14, 8, 12, 3, Duration.ofDays(7)),
          Duration.ofDays(30),
          Duration.ofDays(30),
          true);

  /** What holds now. */
  public BackupPolicy of(long employeeId) {
    return DEFAULT;
  }

  /**
   * Every policy that still counts against deleting: the one that holds now, and each earlier one
   * until its own hold period has passed since it was replaced. A snapshot goes only when all of
   * them let it go, so that a shorter hold or retention takes effect after the old hold period.
   */
  public List<BackupPolicy> stillCounting(long employeeId) {
    return List.of(DEFAULT);
  }

  /** The longest hold period among those that still count. */
  public Duration hold(long employeeId) {
    return stillCounting(employeeId).stream()
        .map(BackupPolicy::hold)
        .max(Duration::compareTo)
        .orElseThrow();
  }
}

package org.hikae.insight.value;

import java.time.Duration;
import java.time.Instant;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.jspecify.annotations.Nullable;

/**
 * The newest run of a device or an employee.
 *
 * @param reportedAt last report
 * @param kind what it does
 * @param result what was reported last
 */
public record LastRun(Instant reportedAt, RunReport.Kind kind, RunResult result) {

  /** Silence after which an open run shows as stale. */
  public static final Duration STALE_AFTER = Duration.ofMinutes(15);

  /** The run, or null when an outer join found none. */
  public static @Nullable LastRun of(
      @Nullable Instant reportedAt, RunReport.@Nullable Kind kind, @Nullable RunResult result) {
    return reportedAt == null || kind == null || result == null
        ? null
        : new LastRun(reportedAt, kind, result);
  }

  /** Whether it is open and its device has been silent for too long. */
  public boolean stale(Instant now) {
    return result == RunResult.RUNNING && reportedAt.plus(STALE_AFTER).isBefore(now);
  }
}

package org.hikae.backup.wire;

import java.time.Instant;
import org.hikae.openapi.wire.SchemaName;
import org.hikae.problem.wire.RequirementText;
import org.jspecify.annotations.Nullable;

/**
 * Start, heartbeat or end of a run ({@code PUT /api/v1/device/runs/{runId}}). Later reports of the
 * same run replace earlier ones; the one that ended it may be sent again, and no other follows.
 * Never a name or a path.
 *
 * @param kind {@code BACKUP}, {@code RESTORE} or {@code VERIFY}
 * @param result how it stands or ended
 * @param startedAt the device's ISO-8601 instant
 * @param endedAt the device's ISO-8601 instant; there exactly when the run has ended
 * @param agentVersion version of the agent
 * @param filesDone files handled
 * @param filesFailed files that could not be read or written
 * @param bytesRead plain bytes read or written
 * @param bytesSent bytes sent to the portal
 * @param bytesReceived bytes received from the portal
 * @param durationMillis time used so far
 * @param changes how a backup that has ended differs from the one before (spec HK1-R-20); absent
 *     unless the employee agreed to a text that names it
 */
public record RunReport(
    Kind kind,
    RunResult result,
    @RequirementText(RunReport.TIME) Instant startedAt,
    @RequirementText(RunReport.TIME) @Nullable Instant endedAt,
    String agentVersion,
    long filesDone,
    long filesFailed,
    long bytesRead,
    long bytesSent,
    long bytesReceived,
    long durationMillis,
    @Nullable ChangeFigures changes) {

  /** What the two times have to be. */
  static final String TIME = "an ISO-8601 instant from 1970 to 9999";

  /** What a run does. */
  @SchemaName("RunReportKind")
  public enum Kind {
    /** Files to the portal. */
    BACKUP,
    /** Files from the portal. */
    RESTORE,
    /** Reading everything without writing. */
    VERIFY
  }
}

package org.hikae.backup.value;

import java.time.Instant;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.jspecify.annotations.Nullable;

/**
 * A checked report of a run.
 *
 * @param kind what the run does
 * @param result how it stands
 * @param startedAt the device's clock
 * @param endedAt the device's clock; present exactly when the run has ended
 * @param agentVersion version of the agent
 * @param figures counts and durations
 */
public record ReportedRun(
    RunReport.Kind kind,
    RunResult result,
    Instant startedAt,
    @Nullable Instant endedAt,
    String agentVersion,
    RunFigures figures) {}

package org.hikae.diagnostics.wire;

import java.time.Instant;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.problem.wire.RequirementText;
import org.jspecify.annotations.Nullable;

/**
 * A run that the device remembers.
 *
 * @param kind what it did
 * @param startedAt the device's ISO-8601 instant
 * @param seconds how long it took
 * @param result how it stands or ended
 * @param problem stable code of what went wrong, {@code [a-z0-9-]{1,64}}; absent when nothing did
 */
public record DiagnosticsRun(
    RunReport.Kind kind,
    @RequirementText(Diagnostics.TIME) Instant startedAt,
    long seconds,
    RunResult result,
    @Nullable String problem) {}

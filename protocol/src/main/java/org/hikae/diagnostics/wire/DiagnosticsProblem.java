package org.hikae.diagnostics.wire;

import java.time.Instant;
import org.hikae.problem.wire.RequirementText;

/**
 * A problem that the device had.
 *
 * @param code stable code, {@code [a-z0-9-]{1,64}}
 * @param lastAt when it was seen last, the device's ISO-8601 instant
 */
public record DiagnosticsProblem(
    String code, @RequirementText(Diagnostics.TIME) Instant lastAt) {}

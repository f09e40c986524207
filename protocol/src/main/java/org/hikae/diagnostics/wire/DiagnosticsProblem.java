package org.hikae.diagnostics.wire;

import java.time.Instant;
import org.hikae.problem.wire.RequirementText;

/**
 * A problem that the device had.
 *
 * @param code stable code, 1 to 64 lower-case letters, digits and hyphens
 * @param lastAt when it was seen last, the device's ISO-8601 instant
 */
public record DiagnosticsProblem(String code, @RequirementText(Diagnostics.TIME) Instant lastAt) {}

package org.hikae.diagnostics.wire;

import java.time.Instant;

/**
 * The portal has the diagnostics.
 *
 * @param receivedAt the server's ISO-8601 instant
 * @param keptUntil when they are deleted at the latest, ISO-8601
 */
public record DiagnosticsAnswer(Instant receivedAt, Instant keptUntil) {}

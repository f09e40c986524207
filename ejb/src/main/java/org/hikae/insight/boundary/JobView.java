package org.hikae.insight.boundary;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work that the portal does by itself.
 *
 * @param job {@code NIGHT} (retention, collection), {@code SCRUB}, {@code DIRECTORY} or {@code
 *     AUDIT_TRAIL} (giving events their places, having the end signed)
 * @param state {@code RUNNING}, {@code IDLE}, {@code FAILED} when the last time did not end well,
 *     or {@code NEVER}
 * @param startedAt when it began last, where that is kept
 * @param endedAt when it last ended well, where that is kept
 * @param done what it did: repositories, objects, people or events
 * @param failures what it could not do, or found wrong
 */
public record JobView(
    String job,
    String state,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    long done,
    long failures) {}

package org.hikae.insight.system.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work that the portal does by itself.
 *
 * @param job {@code NIGHT} (retention, collection), {@code SCRUB}, {@code DIRECTORY}, {@code
 *     AUDIT_TRAIL} (giving events their places, having the end signed), {@code DATABASE_BACKUP}
 *     (archiving the database's log, which PostgreSQL does) or {@code SECOND_STORE} (copying
 *     objects)
 * @param state {@code RUNNING}, {@code IDLE}, {@code FAILED} when the last time did not end well,
 *     or {@code NEVER}
 * @param startedAt when it began last, where that is kept
 * @param endedAt when it last ended well, where that is kept
 * @param done what it did: repositories, objects, people, events or files
 * @param total of how many, while the nightly work goes on, and of copies
 * @param failures what it could not do, or found wrong
 */
public record JobView(
    SystemJob job,
    SystemJobState state,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    long done,
    @Nullable Long total,
    long failures) {}

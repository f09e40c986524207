package org.hikae.backup.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the portal says of how it last read all stored objects again ({@code GET
 * /api/v1/device/scrub}). It is the portal's word, and proves nothing.
 *
 * @param startedAt the server's ISO-8601 instant at which the last whole pass began; what was
 *     stored later was not read in it; absent when none has ended
 * @param endedAt the server's ISO-8601 instant at which it ended; absent when none has ended
 * @param rotten the employee's objects whose bytes are known to be wrong now
 */
public record LastScrubView(@Nullable Instant startedAt, @Nullable Instant endedAt, long rotten) {}

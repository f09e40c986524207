package org.hikae.backup.wire;

import java.time.Instant;

/**
 * Asks for a restic repository as it was.
 *
 * @param moment ISO-8601 instant, not in the future and within the hold period
 */
public record TakeBackTo(Instant moment) {}

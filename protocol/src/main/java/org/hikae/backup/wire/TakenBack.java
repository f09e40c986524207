package org.hikae.backup.wire;

import java.time.Instant;

/**
 * What taking a restic repository back has changed.
 *
 * @param moment ISO-8601 instant as of which the repository is shown
 * @param revived objects that restic has again
 * @param released objects that came later and are released now, locks among them
 */
public record TakenBack(Instant moment, long revived, long released) {}

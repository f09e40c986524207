package org.hikae.identity.view;

import java.time.Instant;

/**
 * A hold that stands.
 *
 * @param holdId identifier
 * @param employeeId whose backup is held
 * @param reason why
 * @param setAt since when
 * @param setBy {@code sub} of who set it
 */
public record StandingLegalHold(
    long holdId, long employeeId, String reason, Instant setAt, String setBy) {}

package org.hikae.enrollment.value;

import java.time.Instant;

/**
 * How long a credential lives.
 *
 * @param madeAt when it was made
 * @param expiresAt until when it can be used
 */
public record ResticCredentialLifetime(Instant madeAt, Instant expiresAt) {}

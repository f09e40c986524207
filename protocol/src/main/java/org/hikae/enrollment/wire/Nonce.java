package org.hikae.enrollment.wire;

import java.time.Instant;

/**
 * A server nonce: 32 random bytes, good for one session within two minutes.
 *
 * @param nonce base64url
 * @param expiresAt ISO-8601 instant
 */
public record Nonce(String nonce, Instant expiresAt) {}

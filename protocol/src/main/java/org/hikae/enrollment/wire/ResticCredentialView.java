package org.hikae.enrollment.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a restic client signs in with, without its password.
 *
 * @param username 16 bytes, hexadecimal
 * @param repository the repository that it opens, hexadecimal
 * @param deviceId the device that it was made for
 * @param usable whether it is neither revoked nor expired
 * @param madeAt ISO-8601 instant
 * @param expiresAt ISO-8601 instant until which it can be used
 * @param lastUsedAt ISO-8601 instant, to the minute, if it was ever used
 * @param revokedAt ISO-8601 instant, if it was revoked
 */
public record ResticCredentialView(
    String username,
    String repository,
    String deviceId,
    boolean usable,
    Instant madeAt,
    Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {}

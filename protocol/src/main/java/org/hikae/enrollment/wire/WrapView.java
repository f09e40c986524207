package org.hikae.enrollment.wire;

import java.io.Serializable;
import java.time.Instant;
import org.hikae.hk1.WrapMethod;
import org.hikae.openapi.wire.RequiredField;
import org.jspecify.annotations.Nullable;

/**
 * A protection of K.
 *
 * @param wrapId 16 bytes, hexadecimal
 * @param method {@code PASSWORD_VAULT}, {@code DIGIT_KEY} or {@code CHAIN}
 * @param generation generation of K
 * @param deviceId the device that made it
 * @param createdAt ISO-8601 instant
 * @param blob the wrap, base64url; absent for PASSWORD_VAULT, whose wrap lies in the vault
 */
public record WrapView(
    String wrapId,
    @RequiredField @Nullable WrapMethod method,
    long generation,
    String deviceId,
    Instant createdAt,
    @Nullable String blob)
    implements Serializable {}

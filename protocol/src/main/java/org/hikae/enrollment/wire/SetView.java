package org.hikae.enrollment.wire;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.hikae.openapi.wire.RequiredField;
import org.jspecify.annotations.Nullable;

/**
 * A backup set.
 *
 * @param setId 16 bytes, hexadecimal
 * @param generation generation of K, from 1
 * @param state {@code PENDING} until the opt-in is complete, then {@code ACTIVE}; {@code WITHDRAWN}
 *     after opting out
 * @param createdAt ISO-8601 instant
 * @param wraps the protections of K that the portal knows of
 */
public record SetView(
    String setId,
    long generation,
    @RequiredField @Nullable BackupSetState state,
    Instant createdAt,
    List<WrapView> wraps)
    implements Serializable {}

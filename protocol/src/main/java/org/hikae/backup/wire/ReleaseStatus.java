package org.hikae.backup.wire;

import java.io.Serializable;
import java.time.Instant;
import org.hikae.openapi.wire.RequiredField;
import org.hikae.openapi.wire.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * What became of a snapshot that is not simply kept.
 *
 * @param state {@code WAITING} or {@code HELD}: it was released and can be taken back; {@code
 *     KEPT}: it was taken back; {@code REMOVED}: only this description is left
 * @param rule by what: {@code DEVICE}, {@code EMPLOYEE} or {@code RETENTION}
 * @param since ISO-8601 instant of the decision, by the server's clock
 * @param deviceId the device that decided; absent otherwise
 * @param until ISO-8601 instant until which it can be taken back (HELD)
 * @param removedAt ISO-8601 instant of the removal (REMOVED)
 */
@SchemaName("Fate")
public record ReleaseStatus(
    @RequiredField @Nullable ReleaseState state,
    @RequiredField @Nullable ReleaseCause rule,
    Instant since,
    @Nullable String deviceId,
    @Nullable Instant until,
    @Nullable Instant removedAt)
    implements Serializable {}

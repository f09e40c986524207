package org.hikae.enrollment.wire;

import java.time.Instant;
import org.hikae.openapi.wire.RequiredField;
import org.jspecify.annotations.Nullable;

/**
 * A device as its employee sees it.
 *
 * @param deviceId hexadecimal {@link org.hikae.hk1.TextCodec#deviceId}
 * @param name what people call it
 * @param platform operating system and architecture
 * @param agentVersion version of the agent it last reported
 * @param state {@code ACTIVE}, {@code PAUSED} or {@code REVOKED}
 * @param enrolledAt ISO-8601 instant
 * @param lastSeenAt ISO-8601 instant of the last device session, if any
 * @param lastBackupAt ISO-8601 instant of the last snapshot, if any
 * @param lastBackupBy what made the last snapshot, if any: AGENT or RESTIC
 */
public record DeviceView(
    String deviceId,
    String name,
    String platform,
    String agentVersion,
    @RequiredField @Nullable DeviceState state,
    Instant enrolledAt,
    @Nullable Instant lastSeenAt,
    @Nullable Instant lastBackupAt,
    @Nullable BackupProgram lastBackupBy) {}

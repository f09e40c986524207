package org.hikae.backup.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A repository that a device uses with restic.
 *
 * @param repository 16 bytes, hexadecimal
 * @param deviceId the device
 * @param objects stored objects, released ones included
 * @param bytes their bytes
 * @param snapshots snapshots that restic has
 * @param lastSnapshotAt ISO-8601 instant at which the newest of them first came, if there is one
 * @param releasedSnapshots snapshots that restic released and that may come back
 * @param lastReleasedAt ISO-8601 instant at which restic last released something that it does not
 *     have now; null when there is nothing
 * @param takenBackFrom ISO-8601 instant: the earliest moment that it can be taken back to now
 * @param createdAt ISO-8601 instant
 */
public record ResticRepositoryView(
    String repository,
    String deviceId,
    long objects,
    long bytes,
    long snapshots,
    @Nullable Instant lastSnapshotAt,
    long releasedSnapshots,
    @Nullable Instant lastReleasedAt,
    Instant takenBackFrom,
    Instant createdAt) {}

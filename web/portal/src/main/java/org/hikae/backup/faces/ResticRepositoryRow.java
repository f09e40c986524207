package org.hikae.backup.faces;

import java.time.Instant;
import org.hikae.backup.wire.ResticRepositoryView;
import org.jspecify.annotations.Nullable;

/**
 * A repository of restic in a list.
 *
 * @param repository its name
 * @param deviceId the device that uses it
 * @param deviceName what its owner calls the device
 * @param bytes what is stored, released objects included
 * @param snapshots snapshots that restic has in it
 * @param lastSnapshotAt when the newest of them came, if there is one
 * @param releasedSnapshots snapshots that it deleted and that may come back
 * @param lastReleasedAt when it last deleted anything that it does not have now, if it did
 * @param takenBackFrom the earliest moment that it can be taken back to
 */
public record ResticRepositoryRow(
    String repository,
    String deviceId,
    String deviceName,
    long bytes,
    long snapshots,
    @Nullable Instant lastSnapshotAt,
    long releasedSnapshots,
    @Nullable Instant lastReleasedAt,
    Instant takenBackFrom) {

  static ResticRepositoryRow of(ResticRepositoryView view, String deviceName) {
    return new ResticRepositoryRow(
        view.repository(),
        view.deviceId(),
        deviceName,
        view.bytes(),
        view.snapshots(),
        view.lastSnapshotAt(),
        view.releasedSnapshots(),
        view.lastReleasedAt(),
        view.takenBackFrom());
  }
}

package org.hikae.backup.boundary;

import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.wire.SnapshotView;

/** Shows a snapshot as the protocol's record. */
final class SnapshotViews {

  private SnapshotViews() {}

  static SnapshotView of(Snapshot snapshot) {
    return new SnapshotView(
        snapshot.snapshotId(),
        snapshot.setId(),
        snapshot.deviceId(),
        snapshot.generation(),
        snapshot.sequence(),
        snapshot.previousStub(),
        snapshot.root(),
        snapshot.listHash(),
        snapshot.stubHash(),
        snapshot.committedAt().toString(),
        snapshot.objectCount(),
        snapshot.storedBytes(),
        snapshot.fileCount(),
        snapshot.plainBytes());
  }
}

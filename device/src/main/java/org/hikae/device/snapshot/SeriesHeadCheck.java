package org.hikae.device.snapshot;

import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/** The newest snapshot of a device's series, compared with what the device remembers. */
public final class SeriesHeadCheck {

  /** Pages looked through for a snapshot of the set; older sets' snapshots may stand before. */
  private static final int MAX_PAGES = 100;

  private SeriesHeadCheck() {}

  /**
   * The newest snapshot.
   *
   * @param lastSeen what the device remembers of this series, if anything
   * @throws SeriesRollbackException when the store does not have what the device has seen
   */
  public static Optional<SnapshotView> newest(
      BackupStore store, SealContext context, @Nullable SeriesPosition lastSeen)
      throws BackupStoreException {
    Optional<SnapshotView> newest = find(store, context);
    if (lastSeen == null) {
      return newest;
    }
    SnapshotView view =
        newest.orElseThrow(() -> new SeriesRollbackException(lastSeen.sequence(), 0));
    SnapshotStub stub = stub(view);
    boolean regress =
        stub.sequence() < lastSeen.sequence()
            || (stub.sequence() == lastSeen.sequence() && !stub.hash().equals(lastSeen.stubHash()))
            || (stub.sequence() == lastSeen.sequence() + 1
                && !stub.previous().equals(lastSeen.stubHash()));
    if (regress) {
      throw new SeriesRollbackException(lastSeen.sequence(), stub.sequence());
    }
    return newest;
  }

  /** The position that the device remembers from now on. */
  public static SeriesPosition position(SnapshotView view) throws BackupStoreException {
    SnapshotStub stub = stub(view);
    return new SeriesPosition(stub.sequence(), stub.hash());
  }

  /**
   * The highest sequence on the first page that has any of the series. A store that lists others
   * first only raises the alarm of a regress: what this device has made it remembers.
   */
  private static Optional<SnapshotView> find(BackupStore store, SealContext context)
      throws BackupStoreException {
    String deviceId = TextCodec.hex(context.deviceId());
    String setId = TextCodec.hex(context.setId());
    Optional<SnapshotView> newest = Optional.empty();
    String after = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      SnapshotPage found = store.snapshots(deviceId, after, 100);
      for (SnapshotView view : found.snapshots()) {
        boolean ours = view.setId().equals(setId) && view.deviceId().equals(deviceId);
        if (ours) {
          // Nothing goes on from a list with one that cannot be.
          var _ = stub(view);
        }
        if (ours && newest.filter(n -> n.sequence() >= view.sequence()).isEmpty()) {
          newest = Optional.of(view);
        }
      }
      after = found.next();
      if (after == null || newest.isPresent()) {
        break;
      }
    }
    return newest;
  }

  private static SnapshotStub stub(SnapshotView view) throws BackupStoreException {
    try {
      return OpenedSnapshotRoot.stub(view);
    } catch (DamagedDataException e) {
      throw new BackupStoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }

  /** Hash of the stub before the next snapshot. */
  public static Hash256 previousHash(Optional<SnapshotView> newest) throws BackupStoreException {
    return newest.isEmpty() ? Hash256.ZERO : stub(newest.get()).hash();
  }
}

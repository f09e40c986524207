package org.hikae.device.verify;

import java.util.HashSet;
import java.util.Set;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.SnapshotStore;
import org.hikae.device.backup.StoreException;

/**
 * Snapshots may be removed while they are verified, by what the company keeps and for how long;
 * what is missing of them then is no damage.
 */
final class Removed {

  private static final int MAX_PAGES = 100;

  private Removed() {}

  /** Whether the store still shows the snapshot as one that can be read. */
  static boolean isStillListed(SnapshotStore store, SnapshotView view) throws StoreException {
    return listed(store, view.deviceId()).contains(view.snapshotId());
  }

  /** Identifiers of the snapshots of a device that can be read now. */
  static Set<String> listed(SnapshotStore store, String deviceId) throws StoreException {
    Set<String> ids = new HashSet<>();
    String after = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      SnapshotPage found = store.snapshots(deviceId, after, SnapshotStore.MAX_PAGE);
      found.snapshots().stream()
          .filter(view -> !view.removed())
          .forEach(view -> ids.add(view.snapshotId()));
      after = found.next();
      if (after == null) {
        break;
      }
    }
    return ids;
  }
}

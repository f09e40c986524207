package org.hikae.device.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.WithheldObjectException;

/**
 * Snapshots may be removed while they are verified, by what the company keeps and for how long;
 * what is missing of them then is no damage. That is the store's word, so it counts only for those
 * that may go: the newest of a series stays (spec HK1-H-01).
 */
final class RemovedSnapshots {

  /** What is said of a newest one. */
  static final String NEWEST =
      "The store says that it was removed meanwhile, but it is the newest that was to be verified.";

  private static final int MAX_PAGES = 100;

  private RemovedSnapshots() {}

  /** Identifiers of the newest of each series; the one that was asked for alone is among them. */
  static Set<String> stay(List<SnapshotView> snapshots) {
    Map<String, SnapshotView> newest = new HashMap<>();
    for (SnapshotView view : snapshots) {
      newest.merge(
          view.setId() + view.deviceId(),
          view,
          (old, now) -> now.sequence() > old.sequence() ? now : old);
    }
    Set<String> ids = new HashSet<>();
    newest.values().forEach(view -> ids.add(view.snapshotId()));
    return ids;
  }

  /** Whether the store still shows the snapshot as one that can be read. */
  static boolean isStillListed(BackupStore store, SnapshotView view) throws BackupStoreException {
    return listed(store, view.deviceId()).test(view.snapshotId());
  }

  /**
   * Which snapshots of a device can be read now; all of them when a page of the list is withheld,
   * since none is known to be gone then.
   */
  static Predicate<String> listed(BackupStore store, String deviceId) throws BackupStoreException {
    Set<String> ids = new HashSet<>();
    String after = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      SnapshotPage found;
      try {
        found = store.snapshots(deviceId, after, BackupStore.MAX_PAGE);
      } catch (WithheldObjectException e) {
        return any -> true;
      }
      found.snapshots().stream()
          .filter(view -> !view.removed())
          .forEach(view -> ids.add(view.snapshotId()));
      after = found.next();
      if (after == null) {
        break;
      }
    }
    return ids::contains;
  }
}

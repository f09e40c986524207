package org.hikae.device.cli.snapshots;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.problem.wire.ProblemCode;

/**
 * The portal's list of snapshots as far as it was handed out (spec HK1-D-04).
 *
 * @param shown in the portal's order, which says nothing
 * @param withheld what came in place of a page that the portal does not hand out, and behind which
 *     nothing is known; nothing when the list was read to its last page
 */
record SnapshotList(List<SnapshotView> shown, Optional<String> withheld) {

  /** Most snapshots that are read. */
  static final int MAX = 100_000;

  /** Most pages of the list; ten times as many as it takes when each is full. */
  static final int MAX_PAGES = 1000;

  /** What comes in place of a last page when there is none. */
  private static final String ENDLESS = "?";

  /** How often a list is begun. */
  private static final int BEGINNINGS = 3;

  /** Copies the list. */
  SnapshotList {
    shown = List.copyOf(shown);
  }

  /** Whether it lacks no page. */
  boolean isWhole() {
    return withheld.isEmpty();
  }

  /**
   * All pages, or those before one that the portal does not hand out. Where it would have them read
   * for ever the list ends, as before a page that is withheld (spec HK1-R-12): what was shown is
   * shown. They are begun anew when the snapshot from which a page goes on was erased meanwhile.
   */
  static SnapshotList read(BackupStore store) throws BackupStoreException {
    for (int left = BEGINNINGS - 1; ; left--) {
      List<SnapshotView> all = new ArrayList<>();
      try {
        return new SnapshotList(all, pagesOnce(store, all));
      } catch (BackupStoreException e) {
        if (isRefused(e, ProblemCode.NOT_FOUND) && left > 0) {
          continue;
        }
        if (e instanceof WithheldObjectException page) {
          return new SnapshotList(all, Optional.of(page.answer()));
        }
        if (isRefused(e, ProblemCode.SNAPSHOT_REMOVED)) {
          // Of a page that says nothing.
          return new SnapshotList(all, Optional.of("410"));
        }
        throw e;
      }
    }
  }

  private static boolean isRefused(BackupStoreException e, ProblemCode code) {
    return e.getCause() instanceof PortalRefusalException refusal && refusal.is(code);
  }

  /** Reads them once; what came in place of the rest when they do not end. */
  private static Optional<String> pagesOnce(BackupStore store, List<SnapshotView> all)
      throws BackupStoreException {
    Set<String> had = new HashSet<>();
    String after = null;
    do {
      SnapshotPage page = store.snapshots(null, after, BackupStore.MAX_PAGE);
      all.addAll(page.snapshots());
      after = page.next();
      boolean again = after != null && !had.add(after);
      boolean endless = page.snapshots().isEmpty() || again || had.size() >= MAX_PAGES;
      if (after != null && (endless || all.size() >= MAX)) {
        return Optional.of(ENDLESS);
      }
    } while (after != null);
    return Optional.empty();
  }
}

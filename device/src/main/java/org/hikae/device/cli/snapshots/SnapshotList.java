package org.hikae.device.cli.snapshots;

import java.util.List;
import java.util.Optional;
import org.hikae.backup.wire.SnapshotView;

/**
 * The portal's list of snapshots as far as it was handed out (spec HK1-D-04).
 *
 * @param shown in the portal's order, which says nothing
 * @param withheld what came in place of a page that the portal does not hand out, and behind which
 *     nothing is known; nothing when the list was read to its last page
 */
record SnapshotList(List<SnapshotView> shown, Optional<String> withheld) {

  /** Copies the list. */
  SnapshotList {
    shown = List.copyOf(shown);
  }

  /** Whether it lacks no page. */
  boolean isWhole() {
    return withheld.isEmpty();
  }
}

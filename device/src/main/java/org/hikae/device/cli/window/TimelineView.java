package org.hikae.device.cli.window;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots, newest first.
 *
 * @param snapshots as many as are shown
 * @param total how many there are
 * @param notes what the person was told about all of them
 */
record TimelineView(List<TimelineEntryView> snapshots, int total, List<String> notes) {

  /**
   * One snapshot.
   *
   * @param snapshotId its identifier
   * @param device whose it is, as people know it
   * @param own whether that is this device
   * @param madeAt when it was made, by its root; absent when that does not open
   * @param committedAt the same by the portal's word
   * @param files how many
   * @param plainBytes how large they are
   * @param remark what becomes of it; empty for one that is simply kept
   */
  record TimelineEntryView(
      String snapshotId,
      String device,
      boolean own,
      @Nullable Instant madeAt,
      Instant committedAt,
      long files,
      long plainBytes,
      String remark) {}
}

package org.hikae.insight.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * A page of the employee's own snapshots.
 *
 * @param snapshots those asked for
 * @param total how many there are in all
 */
public record OwnSnapshots(List<Row> snapshots, long total) {

  /** Most snapshots on one page. */
  public static final int MAX_LIMIT = 200;

  /** What to order by. */
  public enum Sort {
    /** When it was committed. */
    TIME,
    /** Bytes stored. */
    SIZE
  }

  /**
   * A snapshot.
   *
   * @param snapshotId identifier
   * @param deviceName the device that made it
   * @param sequence place in the device's series
   * @param committedAt the server's time
   * @param files files, as the device says
   * @param plainBytes sum of file sizes, as the device says
   * @param storedBytes bytes of all objects it needs
   */
  public record Row(
      String snapshotId,
      String deviceName,
      long sequence,
      Instant committedAt,
      long files,
      long plainBytes,
      long storedBytes)
      implements Serializable {}
}

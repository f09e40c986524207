package org.hikae.device.manifest;

import org.jspecify.annotations.Nullable;

/**
 * In which form a snapshot is, as its root says (spec HK1-M-08). The numbers stand inside what is
 * sealed under K and signed by the device, and nowhere else.
 *
 * @param version of the root: 1, or 2 with parameters, key and signature
 * @param chunker that cut its files; readers need not know it
 * @param rule that a reader applies; one that is unknown is refused
 */
public record SnapshotFormat(int version, int chunker, int rule) {

  /** What was written first: parameters are not said, and nobody signs. */
  public static final SnapshotFormat FIRST = new SnapshotFormat(1, 1, 1);

  /** What a series is written in that takes nothing over from before. */
  public static final SnapshotFormat SIGNED = new SnapshotFormat(2, 2, 1);

  /** Whether the device has signed. */
  public boolean signed() {
    return version >= SIGNED.version;
  }

  /**
   * The form of the next snapshot of a series, which is at least this one. A series never goes back
   * to an earlier version. Its files go on being cut as they were: cut otherwise, every large file
   * that changes would be sent whole once.
   *
   * @param previous form of the snapshot from which chunks are taken over; null if there is none
   */
  public SnapshotFormat after(@Nullable SnapshotFormat previous) {
    if (previous == null) {
      return this;
    }
    int chunker =
        previous.chunker < FIRST.chunker
            ? SIGNED.chunker
            : Math.min(previous.chunker, SIGNED.chunker);
    return new SnapshotFormat(Math.max(version, previous.version), chunker, rule);
  }
}

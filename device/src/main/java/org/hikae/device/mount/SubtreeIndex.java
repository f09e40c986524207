package org.hikae.device.mount;

import java.util.Arrays;

/**
 * Where each directory of a manifest begins and where it is over, so that a reader can pass over
 * it: 16 bytes for each.
 */
final class SubtreeIndex {

  private static final int FIRST = 1024;

  /** Ascending, because directories are added as they begin. */
  private long[] starts = new long[FIRST];

  private long[] ends = new long[FIRST];
  private int count;

  /** Notes that a directory begins; returns its number. */
  int begin(long position) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = position;
    return count++;
  }

  /** Notes where what follows a directory begins. */
  void end(int number, long position) {
    ends[number] = position;
  }

  /** Whether a directory begins there. */
  boolean isDirectory(long position) {
    return Arrays.binarySearch(starts, 0, count, position) >= 0;
  }

  /** Where what follows the directory begins. */
  long endOf(long position) {
    int found = Arrays.binarySearch(starts, 0, count, position);
    if (found < 0) {
      throw new IllegalArgumentException("no directory begins there");
    }
    return ends[found];
  }

  long bytes() {
    return 16L * starts.length;
  }
}

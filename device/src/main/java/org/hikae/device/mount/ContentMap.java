package org.hikae.device.mount;

import java.util.Arrays;

/**
 * Which records of a manifest have the contents of a file: one entry for each list of chunks and
 * each hole, so that a file of terabytes takes little.
 */
final class ContentMap {

  private static final int FIRST = 4;

  private long[] starts = new long[FIRST];

  /** Where the record stands; negative for a hole. */
  private long[] records = new long[FIRST];

  private int count;
  private long length;

  /** What was added is void: the file was read once more. */
  void restart() {
    count = 0;
    length = 0;
  }

  /** Adds the next bytes of the file, which the record at a position has. */
  void add(long bytes, long position, boolean hole) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      records = Arrays.copyOf(records, 2 * count);
    }
    starts[count] = length;
    records[count] = hole ? -position : position;
    count++;
    length += bytes;
  }

  long length() {
    return length;
  }

  /** The record where a position of the file lies; the caller knows that it lies in the file. */
  int find(long position) {
    int found = Arrays.binarySearch(starts, 0, count, position);
    return found >= 0 ? found : -found - 2;
  }

  long start(int index) {
    return starts[index];
  }

  long end(int index) {
    return index + 1 < count ? starts[index + 1] : length;
  }

  boolean isHole(int index) {
    return records[index] < 0;
  }

  /** Where the record stands in the manifest. */
  long record(int index) {
    return Math.abs(records[index]);
  }

  /**
   * Start of the next hole or data at or after a position within the file; -1 when none follows.
   */
  long next(long position, boolean hole) {
    int index = find(position);
    if (isHole(index) == hole) {
      return position;
    }
    for (int i = index + 1; i < count; i++) {
      if (isHole(i) == hole) {
        return starts[i];
      }
    }
    return -1;
  }

  long bytes() {
    return 64 + 16L * starts.length;
  }
}

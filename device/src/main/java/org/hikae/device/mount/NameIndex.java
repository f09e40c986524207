package org.hikae.device.mount;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some of the names of a directory and where they stand: every {@link #EACH}th, so that one name is
 * found by reading a few records, however large the directory is.
 */
final class NameIndex {

  /** How many entries lie between two names of the index. */
  static final int EACH = 64;

  private final List<byte[]> names = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();
  private long bytes;
  private int entries;

  /** The next entry of the directory; names ascend. */
  void add(byte[] name, long position) {
    if (entries % EACH == 0) {
      names.add(name);
      positions.add(position);
      bytes += name.length + 64;
    }
    entries++;
  }

  /** From where on an entry of this name would be found; -1 when there is none. */
  long before(byte[] name) {
    int low = 0;
    int high = names.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (Arrays.compareUnsigned(names.get(middle), name) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? -1 : positions.get(low - 1);
  }

  long bytes() {
    return 128 + bytes;
  }
}

package org.hikae.device.sealing;

import java.util.Arrays;

/**
 * Where packs are put together, one after the other: it grows to the size of the largest pack and
 * is then used again as it is. One instance serves one pack at a time.
 */
public final class PackBuffer {

  private static final int FIRST_BYTES = 64 * 1024;

  /** A pack is at most this long before its last chunk and its directory, as a rule. */
  private static final int USUAL_BYTES = PackWriter.TARGET_BYTES + 2 * 1024 * 1024;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;

  /** Room for a small pack. */
  public PackBuffer() {}

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** The array, with room for so many bytes behind those that are there. */
  byte[] withRoom(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      int doubled = Math.min(2 * bytes.length, Math.max(bytes.length, USUAL_BYTES));
      bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
    }
    return bytes;
  }

  /** So many bytes were written behind those that are there. */
  void added(int count) {
    size += count;
  }

  void add(byte[] more) {
    System.arraycopy(more, 0, withRoom(more.length), size, more.length);
    size += more.length;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }
}

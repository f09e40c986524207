package org.hikae.admin.bundle;

/**
 * Reads the column {@code object_ids} of a snapshot: ascending ids, each as its distance from the
 * one before in LEB128, as the portal writes them.
 */
final class ObjectIdReader {

  private static final int MAX_VARINT_BYTES = 9;

  private ObjectIdReader() {}

  /**
   * Decodes a list of exactly {@code count} ids.
   *
   * @throws IllegalArgumentException when it is cut, longer, or not ascending
   */
  static long[] read(byte[] encoded, long count) {
    if (count < 0 || count > encoded.length) {
      throw new IllegalArgumentException("the list has not as many ids as its snapshot says");
    }
    long[] ids = new long[(int) count];
    int at = 0;
    long last = 0;
    for (int i = 0; i < ids.length; i++) {
      long distance = 0;
      int shift = 0;
      byte next;
      do {
        if (at == encoded.length || shift == 7 * MAX_VARINT_BYTES) {
          throw new IllegalArgumentException("the list is cut or damaged");
        }
        next = encoded[at++];
        distance |= (long) (next & 0x7f) << shift;
        shift += 7;
      } while (next < 0);
      if (distance < 1 || last > Long.MAX_VALUE - distance) {
        throw new IllegalArgumentException("the list is damaged");
      }
      last += distance;
      ids[i] = last;
    }
    if (at != encoded.length) {
      throw new IllegalArgumentException("the list is longer than its snapshot says");
    }
    return ids;
  }
}

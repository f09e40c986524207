package org.hikae.backup.value;

import java.io.ByteArrayOutputStream;

/**
 * The stored form of an object list: ascending ids, each as its distance from the one before in
 * LEB128. Packs of one backup get neighbouring ids, so most take one byte. Reading refuses what
 * writing cannot have made, because a list that lost an id would let its pack be collected.
 */
public final class ObjectIdCodec {

  /** Most ids in one list: 11 TiB of full packs. */
  public static final int MAX_IDS = 500_000;

  private static final int MAX_VARINT_BYTES = 9;

  private ObjectIdCodec() {}

  /** Encodes strictly ascending, positive ids. */
  public static byte[] encode(long[] ids) {
    if (ids.length > MAX_IDS) {
      throw new IllegalArgumentException(
          "an object list has at most " + MAX_IDS + " ids, not " + ids.length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(ids.length * 2);
    long last = 0;
    for (long id : ids) {
      if (id <= last) {
        throw new IllegalArgumentException("ids must be positive and strictly ascending");
      }
      long rest = id - last;
      while (rest >= 0x80) {
        out.write((int) (rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      out.write((int) rest);
      last = id;
    }
    return out.toByteArray();
  }

  /** Decodes a list of exactly {@code count} ids. */
  public static long[] decode(byte[] encoded, int count) {
    if (count < 0 || count > MAX_IDS || count > encoded.length) {
      throw new IllegalStateException("A stored object list cannot have " + count + " ids.");
    }
    long[] ids = new long[count];
    int at = 0;
    long last = 0;
    for (int i = 0; i < count; i++) {
      long distance = 0;
      int shift = 0;
      byte next;
      do {
        if (at == encoded.length || shift == 7 * MAX_VARINT_BYTES) {
          throw new IllegalStateException("A stored object list is cut or damaged.");
        }
        next = encoded[at++];
        distance |= (long) (next & 0x7f) << shift;
        shift += 7;
      } while (next < 0);
      if (distance < 1 || last > Long.MAX_VALUE - distance || (next == 0 && shift > 7)) {
        throw new IllegalStateException("A stored object list is damaged.");
      }
      last += distance;
      ids[i] = last;
    }
    if (at != encoded.length) {
      throw new IllegalStateException("A stored object list is longer than its count.");
    }
    return ids;
  }
}

package org.hikae.device.store;

import org.hikae.hk1.Hash256;

/**
 * A part of a pack in whole buckets (spec HK1-C-07): whoever serves it learns which buckets were
 * wanted and neither place nor length of a chunk.
 *
 * @param from offset in the pack of the first of {@code bytes}
 * @param bytes fewer than were asked for when the pack ends before
 */
public record PackRange(int from, byte[] bytes) {

  /** Parts begin and end at multiples of this, or with the pack. */
  public static final int BUCKET_BYTES = 64 * 1024;

  /**
   * Fetches what lies from one offset to another, and what shares a bucket with it.
   *
   * @throws MissingObjectException when the pack is not stored
   */
  public static PackRange fetch(BackupStore store, Hash256 pack, int from, long to)
      throws BackupStoreException {
    int first = from / BUCKET_BYTES;
    int count = Math.toIntExact(Math.max(1, Math.ceilDiv(to, BUCKET_BYTES) - first));
    return new PackRange(first * BUCKET_BYTES, store.getBuckets(pack, first, count));
  }

  /** Whether the first bytes of the pack are among these. */
  public boolean isStart() {
    return from == 0;
  }
}

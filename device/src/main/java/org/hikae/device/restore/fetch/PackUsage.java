package org.hikae.device.restore.fetch;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.PackEntry;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * How often each entry of a pack is going to be asked for, counted before anything is fetched. So a
 * pack comes once and as far as it is needed, and is kept until its last use. It takes a byte for
 * each entry, up to {@link #MAX_ENTRIES}; packs beyond are not in it. Guarded by its {@link
 * ChunkPipeline}.
 */
final class PackUsage {

  /** Most entries that are counted: 16 MiB. */
  static final int MAX_ENTRIES = 16 * 1024 * 1024;

  /** Stands for so many uses that they are not counted down. */
  private static final int MANY = 255;

  private final int limit;
  private final Map<Hash256, PackUse> packs = new HashMap<>();
  private int room;

  PackUsage() {
    this(MAX_ENTRIES);
  }

  PackUsage(int limit) {
    this.limit = limit;
  }

  /** The uses of one pack. */
  static final class PackUse {

    private byte[] counts = {};
    private long left;
    private int entries;
    private long plainBytes;
    private int from = Integer.MAX_VALUE;
    private long to;

    private PackUse() {}

    /** Sealed bytes from the first to the last entry that is ever needed. */
    long span() {
      return to - from;
    }

    /** The entries that are ever needed, each counted once. */
    int entries() {
      return entries;
    }

    /** Their plain bytes. */
    long plainBytes() {
      return plainBytes;
    }

    /** Offset of the first of them. */
    int from() {
      return from;
    }

    /** Where the last of them ends. */
    long to() {
      return to;
    }

    /** Whether any is still to be asked for. */
    boolean isLeft() {
      return left > 0;
    }

    /** The numbers of those that are still to be asked for. */
    BitSet left() {
      BitSet numbers = new BitSet(counts.length);
      for (int number = 0; number < counts.length; number++) {
        numbers.set(number, counts[number] != 0);
      }
      return numbers;
    }

    private int grow(int number) {
      int length = Math.min(PackEntry.MAX_ENTRIES, Math.max(number + 1, 2 * counts.length));
      int more = Math.max(0, number < counts.length ? 0 : length - counts.length);
      if (more > 0) {
        counts = Arrays.copyOf(counts, length);
      }
      return more;
    }

    private void count(ChunkRef ref) {
      int number = ref.entry().number();
      int before = counts[number] & 0xff;
      if (before == 0) {
        entries++;
        plainBytes += ref.length();
        from = Math.min(from, ref.entry().offset());
        to = Math.max(to, (long) ref.entry().offset() + ref.entry().sealedLength());
      }
      if (before < MANY) {
        counts[number]++;
        left++;
      }
    }

    private void discount(int number) {
      int before = number < counts.length ? counts[number] & 0xff : 0;
      if (before > 0 && before < MANY) {
        counts[number]--;
        left--;
      }
    }
  }

  /** Counts a use. */
  void add(Hash256 pack, ChunkRef ref) {
    PackUse use = packs.get(pack);
    if (use == null) {
      if (room >= limit) {
        return;
      }
      use = new PackUse();
      packs.put(pack, use);
    }
    room += use.grow(ref.entry().number());
    use.count(ref);
  }

  /** A use has come: the chunk was asked for. */
  void take(Hash256 pack, ChunkRef ref) {
    PackUse use = packs.get(pack);
    if (use != null) {
      use.discount(ref.entry().number());
    }
  }

  /** What is known of a pack; null when it was not counted. */
  @Nullable PackUse of(Hash256 pack) {
    return packs.get(pack);
  }
}

package org.hikae.device.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.PackEntry;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * What manifests say of the entries of packs, to be compared with the packs themselves: 64 bits for
 * each entry, so that a million chunks take 8 to 16 MiB. When it is full it takes no further pack;
 * those come in another round. Filled by one thread, then read by many.
 */
final class ManifestReferences {

  /** Most entries noted at a time: 64 MiB. */
  static final int MAX_ENTRIES = 8_000_000;

  private final Set<Hash256> packs;
  private final int limit;
  private final Map<Hash256, PackReferences> packReferences = new HashMap<>();
  private int room;
  private boolean full;

  /** Notes what is said of these packs. */
  ManifestReferences(Set<Hash256> packs, int limit) {
    this.packs = packs;
    this.limit = limit;
  }

  /** What is said of one pack. */
  final class PackReferences {

    /** The same entry is said to be two things. Equal to no fingerprint. */
    private static final long CONTRADICTION = 1;

    private long[] fingerprints = {};

    private PackReferences() {}

    /** Notes a reference. */
    void add(ChunkRef ref) {
      int number = ref.entry().number();
      if (number >= fingerprints.length) {
        int length = Math.min(PackEntry.MAX_ENTRIES, Math.max(number + 1, 2 * fingerprints.length));
        room += length - fingerprints.length;
        fingerprints = Arrays.copyOf(fingerprints, length);
      }
      long mark = fingerprint(ref.entry(), ref.length(), ref.chunkId());
      fingerprints[number] =
          fingerprints[number] == 0 || fingerprints[number] == mark ? mark : CONTRADICTION;
    }

    /** Whether nothing else is said of this entry than what it is. */
    boolean fits(int number, long fingerprint) {
      return number >= fingerprints.length
          || fingerprints[number] == 0
          || fingerprints[number] == fingerprint;
    }

    /** One more than the highest number that may be noted. */
    int end() {
      return fingerprints.length;
    }
  }

  /** Where to note references to a pack; null when they are not wanted now. */
  @Nullable PackReferences of(Hash256 pack) {
    PackReferences known = packReferences.get(pack);
    if (known != null || !packs.contains(pack)) {
      return known;
    }
    if (room >= limit) {
      full = true;
      return null;
    }
    PackReferences fresh = new PackReferences();
    packReferences.put(pack, fresh);
    return fresh;
  }

  /** What was noted of a pack; nothing when no manifest refers to it. */
  PackReferences noted(Hash256 pack) {
    PackReferences known = packReferences.get(pack);
    return known == null ? new PackReferences() : known;
  }

  /** The packs of which everything that is said was noted. */
  Set<Hash256> complete() {
    return full ? packReferences.keySet() : packs;
  }

  /**
   * Stands for place, length and identifier of a chunk; never 0 or 1. The identifier is as good as
   * random, so another chunk or place has the same one once in 2^64 times.
   */
  static long fingerprint(PackEntry entry, int length, Hash256 chunkId) {
    long place = ((long) entry.offset() << 32 | entry.sealedLength()) * 31 + length;
    place = (place ^ place >>> 30) * 0xbf58476d1ce4e5b9L;
    place = (place ^ place >>> 27) * 0x94d049bb133111ebL;
    long mark = ByteBuffer.wrap(chunkId.toBytes()).getLong() ^ place ^ place >>> 31;
    return mark == 0 || mark == PackReferences.CONTRADICTION ? 2 : mark;
  }
}

package org.hikae.device.restore.fetch;

import java.util.ArrayList;
import java.util.List;
import org.hikae.device.sealing.PackBytes;

/**
 * The packs in memory, whole or as far as they are needed. Packs whose chunks are being opened
 * stay; of the others those go first that are needed last. Guarded by its {@link ChunkPipeline}.
 */
final class PackCache {

  /** Most bytes held, those on their way included. */
  static final long MAX_BYTES = 40L * 1024 * 1024;

  /**
   * Room kept for a pack on its way: what our own writer makes at most. Its array may be 1 MiB
   * longer; what is held counts by its array.
   */
  static final long EXPECTED_BYTES = 13L * 1024 * 1024;

  /** Oldest first. */
  private final List<PackRequest> packs = new ArrayList<>();

  private long bytes;

  void put(PackRequest pack) {
    packs.add(pack);
    bytes += length(pack);
  }

  /**
   * Chooses packs that have to go before one comes that is needed at {@code neededAt}, while {@code
   * coming} others are on their way; never one that is needed earlier. They are marked.
   */
  List<PackRequest> makeRoom(int coming, long neededAt) {
    List<PackRequest> chosen = new ArrayList<>();
    long evicting = packs.stream().filter(PackRequest::evicting).mapToLong(PackCache::length).sum();
    while (!fits(coming, bytes - evicting)) {
      PackRequest last = null;
      for (PackRequest each : packs) {
        boolean later = last == null || each.neededAt() > last.neededAt();
        boolean free = each.opening() == 0 && !each.evicting();
        if (free && each.neededAt() > neededAt && later) {
          last = each;
        }
      }
      if (last == null) {
        break;
      }
      last.evicting(true);
      evicting += length(last);
      chosen.add(last);
    }
    return chosen;
  }

  /** Forgets a pack, whose bytes stay what it has in memory until it lets go of them. */
  void remove(PackRequest pack) {
    if (packs.remove(pack)) {
      bytes -= length(pack);
    }
  }

  /** Whether one more pack may be fetched. */
  boolean hasRoom(int coming) {
    return fits(coming, bytes);
  }

  private static boolean fits(int coming, long held) {
    return held + (coming + 1) * EXPECTED_BYTES <= MAX_BYTES;
  }

  private static long length(PackRequest pack) {
    PackBytes inMemory = pack.held();
    return inMemory == null ? 0 : inMemory.bytes().length;
  }
}

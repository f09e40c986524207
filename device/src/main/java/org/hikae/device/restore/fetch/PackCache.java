package org.hikae.device.restore.fetch;

import java.util.ArrayList;
import java.util.List;
import org.hikae.device.sealing.PackBytes;

/**
 * The whole packs in memory. Packs whose chunks are being opened stay; of the others those go first
 * that are needed last. Guarded by its {@link ChunkPipeline}.
 */
final class PackCache {

  /** Most bytes held, those on their way included. */
  static final long MAX_BYTES = 40L * 1024 * 1024;

  /** Room kept for a pack on its way: what our own writer makes at most. */
  static final long EXPECTED_BYTES = 13L * 1024 * 1024;

  /** Oldest first. */
  private final List<PackRequest> packs = new ArrayList<>();

  private long bytes;

  void put(PackRequest pack) {
    packs.add(pack);
    bytes += length(pack);
  }

  /**
   * Makes room for a pack that is needed at {@code neededAt}, while {@code coming} others are on
   * their way; never by letting go of one that is needed earlier.
   *
   * @return packs that were let go
   */
  List<PackRequest> makeRoom(int coming, long neededAt) {
    List<PackRequest> gone = new ArrayList<>();
    while (!hasRoom(coming)) {
      PackRequest last = null;
      for (PackRequest each : packs) {
        boolean later = last == null || each.neededAt() > last.neededAt();
        if (each.opening() == 0 && each.neededAt() > neededAt && later) {
          last = each;
        }
      }
      if (last == null) {
        break;
      }
      packs.remove(last);
      bytes -= length(last);
      last.keep(null);
      gone.add(last);
    }
    return gone;
  }

  /** Whether one more pack may be fetched. */
  boolean hasRoom(int coming) {
    return bytes + (coming + 1) * EXPECTED_BYTES <= MAX_BYTES;
  }

  private static long length(PackRequest pack) {
    PackBytes whole = pack.held();
    return whole == null ? 0 : whole.bytes().length;
  }
}

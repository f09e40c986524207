package org.hikae.device.restore.fetch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Which pack is fetched next, whether a part of it is enough, and which packs stay in memory.
 * Guarded by its {@link ChunkPipeline}.
 *
 * <p>A part is enough when the pack is met for the first time and what is wanted of it lies close
 * together; a second part of the same pack is not fetched, because then the whole is cheaper. A
 * pack that was whole in memory once comes in parts again. A pack that was asked for a moment ago
 * waits for the next batch of wishes, which may want more of it, unless somebody waits for it.
 */
final class PackQueue {

  /** Longest part. */
  private static final long PART_BYTES = 1024 * 1024;

  /** Most plain bytes that a part may turn into: one chunk of the greatest size. */
  private static final long PART_PLAIN_BYTES = 4L * 1024 * 1024;

  /** Packs of which it is remembered that they were fetched; others may be fetched again. */
  private static final int MAX_REMEMBERED = 100_000;

  private final PackCache cache = new PackCache();
  private final Map<Hash256, PackRequest> packs = new HashMap<>();

  /** By how soon they are needed. */
  private final NavigableMap<Long, PackRequest> queue = new TreeMap<>();

  private final Set<Hash256> begun = new HashSet<>();
  private final Set<Hash256> seenWhole = new HashSet<>();
  private @Nullable PackRequest waitedFor;
  private long batch;
  private boolean noMore;

  /**
   * Notes that a chunk of a pack is wanted.
   *
   * @throws DamagedDataException when the pack is known to be missing or useless
   */
  void want(Hash256 name, ChunkRequest chunkRequest) throws DamagedDataException {
    PackRequest pack = packs.computeIfAbsent(name, PackRequest::new);
    String lost = pack.lost();
    if (lost != null) {
      throw new DamagedDataException(lost);
    }
    chunkRequest.in(pack);
    add(pack, chunkRequest);
  }

  private void add(PackRequest pack, ChunkRequest chunkRequest) {
    if (pack.first() == null) {
      pack.batch(batch);
    }
    pack.want(chunkRequest);
    enqueue(pack);
  }

  private void enqueue(PackRequest pack) {
    long at = pack.neededAt();
    if (pack.queuedAt() > at) {
      // Something that was to be had of a part is wanted again: whoever waits for it comes first.
      queue.remove(pack.queuedAt());
      queueAt(pack, at);
    } else if (!pack.queued() && pack.held() == null && pack.first() != null) {
      pack.queued(true);
      queueAt(pack, at);
    }
  }

  private void queueAt(PackRequest pack, long at) {
    pack.queuedAt(at);
    queue.put(at, pack);
  }

  /** A batch of wishes has ended; {@code all} when no other comes soon. */
  void batchEnded(boolean all) {
    batch++;
    noMore = all;
  }

  /** The pack that somebody waits for, if anybody does. */
  void waitedFor(@Nullable PackRequest pack) {
    waitedFor = pack;
  }

  /** The pack to fetch now, while {@code fetching} others are being fetched; null for none. */
  @Nullable PackRequest next(int fetching) {
    Iterator<PackRequest> soonest = queue.values().iterator();
    while (soonest.hasNext()) {
      PackRequest pack = soonest.next();
      boolean whole = !isPartEnough(pack);
      boolean now = whole || noMore || pack.batch() < batch - 1 || pack == waitedFor;
      if (pack.first() == null) {
        soonest.remove();
        pack.queuedAt(PackRequest.NOT_WAITING);
        pack.queued(false);
        settle(pack);
      } else if (now) {
        // It counts as queued until it has arrived.
        soonest.remove();
        pack.queuedAt(PackRequest.NOT_WAITING);
        if (!whole || makeRoom(fetching, pack)) {
          return pack;
        }
        queueAt(pack, pack.neededAt());
        return null;
      }
    }
    return null;
  }

  private boolean makeRoom(int fetching, PackRequest pack) {
    for (PackRequest gone : cache.makeRoom(fetching, pack.neededAt())) {
      enqueue(gone);
      settle(gone);
    }
    return cache.hasRoom(fetching);
  }

  private boolean isPartEnough(PackRequest pack) {
    boolean first = !begun.contains(pack.name()) && begun.size() < MAX_REMEMBERED;
    boolean close = pack.hasOneWant() || pack.span() <= PART_BYTES;
    return !pack.mustBeWhole()
        && (first || seenWhole.contains(pack.name()))
        && close
        && pack.plainBytes() <= PART_PLAIN_BYTES;
  }

  /** The chunks to fetch as a part of a pack; none when it is to be fetched whole. */
  List<ChunkRequest> part(PackRequest pack) {
    if (!isPartEnough(pack)) {
      return List.of();
    }
    begun.add(pack.name());
    return pack.takeAll();
  }

  /** A whole pack is in memory now. */
  void arrived(PackRequest pack, PackBytes whole) {
    pack.keep(whole);
    pack.queued(false);
    pack.mustBeWhole(false);
    cache.put(pack);
    if (seenWhole.size() < MAX_REMEMBERED) {
      seenWhole.add(pack.name());
    }
  }

  /** A part was fetched, or could not be; what was wanted since is fetched later. */
  void fetchEnded(PackRequest pack) {
    pack.queued(false);
    enqueue(pack);
  }

  /** A part did not do: the whole pack decides about these chunks. */
  void wantAgain(PackRequest pack, List<ChunkRequest> wants) {
    pack.mustBeWhole(pack.held() == null);
    pack.doubt();
    String lost = pack.lost();
    for (ChunkRequest each : wants) {
      if (lost == null) {
        add(pack, each);
      } else {
        each.damaged(new DamagedDataException(lost));
      }
    }
  }

  /** Nothing of the pack can be opened. */
  void lose(PackRequest pack, List<ChunkRequest> part, String reason) {
    pack.lose(reason);
    pack.queued(false);
    part.forEach(each -> each.damaged(new DamagedDataException(reason)));
    pack.takeAll().forEach(each -> each.damaged(new DamagedDataException(reason)));
  }

  /** Forgets a pack with which nothing is to be done. */
  void settle(PackRequest pack) {
    boolean idle = pack.first() == null && !pack.queued() && pack.opening() == 0;
    if (idle && pack.held() == null && pack.lost() == null) {
      packs.remove(pack.name());
    }
  }
}

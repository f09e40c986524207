package org.hikae.device.restore.fetch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Which pack is fetched next, whether a part of it is enough, and which packs stay in memory.
 * Guarded by its {@link ChunkPipeline}.
 *
 * <p>Where {@link PackUsage} says what is ever needed of a pack, a part is enough when all of that
 * lies close together. It stays at hand until its last use, in memory or in the {@link
 * SealedSpool}, and is then let go at once. So nothing is fetched twice, but for damage, or when
 * the spool takes no more.
 *
 * <p>Where nothing is said, because all was asked for within one batch or few chunks are wanted, a
 * part is enough when the pack is met for the first time and what is wanted of it lies close
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
  private final Consumer<PackBytes> reuse;
  private final Map<Hash256, PackRequest> packs = new HashMap<>();

  /** By how soon they are needed. */
  private final NavigableMap<Long, PackRequest> queue = new TreeMap<>();

  private final Set<Hash256> begun = new HashSet<>();
  private final Set<Hash256> seenWhole = new HashSet<>();
  private final List<PackRequest> evicting = new ArrayList<>();
  private @Nullable PackUsage usage;
  private @Nullable PackRequest waitedFor;
  private long batch;
  private boolean noMore;

  /** {@code reuse} takes whole packs that nobody looks at any more. */
  PackQueue(Consumer<PackBytes> reuse) {
    this.reuse = reuse;
  }

  /** From now on it is known what of which pack is needed: all that was asked for included. */
  void expect(PackUsage counted) {
    for (PackRequest pack : packs.values()) {
      pack.wants().forEach(each -> counted.take(pack.name(), each.ref()));
    }
    usage = counted;
  }

  /** From now on that is not known any more. */
  void expectNothing() {
    usage = null;
  }

  private PackUsage.@Nullable PackUse use(PackRequest pack) {
    PackUsage counted = usage;
    return counted == null ? null : counted.of(pack.name());
  }

  /** Whether chunks of it will be asked for, as far as that is known. */
  boolean isNeededLater(PackRequest pack) {
    PackUsage.PackUse use = use(pack);
    return use != null && use.isLeft();
  }

  /** Whether a part that has everything that is ever needed of its pack is needed once more. */
  boolean isPartNeeded(PackRequest pack) {
    PackUsage.PackUse use = use(pack);
    return use != null && (use.isLeft() || pack.first() != null);
  }

  /**
   * Notes that a chunk of a pack is wanted.
   *
   * @throws DamagedDataException when the pack is known to be missing or useless
   */
  void want(Hash256 name, ChunkRequest chunkRequest) throws DamagedDataException {
    PackUsage counted = usage;
    if (counted != null) {
      counted.take(name, chunkRequest.ref());
    }
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
    } else if (!pack.queued() && pack.isElsewhere() && pack.first() != null) {
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
      boolean known = use(pack) != null;
      boolean now = whole || known || noMore || pack.batch() < batch - 1 || pack == waitedFor;
      if (pack.first() == null) {
        soonest.remove();
        pack.queuedAt(PackRequest.NOT_WAITING);
        pack.queued(false);
        settle(pack);
      } else if (now) {
        // It counts as queued until it has arrived.
        soonest.remove();
        pack.queuedAt(PackRequest.NOT_WAITING);
        boolean stays = whole || isNeededLater(pack);
        if (!stays || makeRoom(fetching, pack)) {
          return pack;
        }
        queueAt(pack, pack.neededAt());
        return null;
      }
    }
    return null;
  }

  private boolean makeRoom(int fetching, PackRequest pack) {
    for (PackRequest chosen : cache.makeRoom(fetching, pack.neededAt())) {
      if (chosen.first() != null || isNeededLater(chosen)) {
        evicting.add(chosen);
      } else {
        letGo(chosen);
        settle(chosen);
      }
    }
    return cache.hasRoom(fetching);
  }

  /** The packs that have to be in the spool before another one is fetched, each once. */
  List<PackRequest> takeEvicting() {
    List<PackRequest> all = List.copyOf(evicting);
    evicting.clear();
    return all;
  }

  /** The entries of a pack that are wanted, or will be. */
  BitSet needed(PackRequest pack) {
    PackUsage.PackUse use = use(pack);
    BitSet numbers = use == null ? new BitSet() : use.left();
    pack.wants().forEach(each -> numbers.set(each.ref().entry().number()));
    return numbers;
  }

  /**
   * What is needed of a pack that leaves memory is in the spool; null when it is not.
   *
   * @param written what was in memory then
   */
  void left(PackRequest pack, PackBytes written, SealedSpool.@Nullable SpooledPack entries) {
    PackBytes held = pack.held();
    if (pack.evicting() && held != null && held.hasBytesOf(written)) {
      letGo(pack);
      pack.spooled(entries);
      enqueue(pack);
    }
  }

  private void letGo(PackRequest pack) {
    cache.remove(pack);
    PackBytes held = pack.held();
    boolean whole = pack.isHeldWhole();
    pack.letGo();
    pack.evicting(false);
    if (held != null && whole && pack.opening() == 0) {
      reuse.accept(held);
    }
  }

  private boolean isPartEnough(PackRequest pack) {
    PackUsage.PackUse use = use(pack);
    boolean first = !begun.contains(pack.name()) && begun.size() < MAX_REMEMBERED;
    boolean close = pack.hasOneWant() || pack.span() <= PART_BYTES;
    return !pack.mustBeWhole()
        && (use != null || first || seenWhole.contains(pack.name()))
        && close
        && pack.plainBytes() <= PART_PLAIN_BYTES
        && (use == null || isPartEnough(pack, use));
  }

  private static boolean isPartEnough(PackRequest pack, PackUsage.PackUse use) {
    long span = Math.max(pack.to(), use.to()) - Math.min(pack.from(), use.from());
    boolean close = use.entries() == 1 ? span == use.span() : span <= PART_BYTES;
    return close && use.plainBytes() <= PART_PLAIN_BYTES;
  }

  /** What to fetch of a pack; the wants of a part are nobody else's then. */
  PackFetchThreads.FetchRange range(PackRequest pack) {
    if (!isPartEnough(pack)) {
      return new PackFetchThreads.FetchRange.WholePack();
    }
    begun.add(pack.name());
    PackUsage.PackUse use = use(pack);
    int from = use == null ? pack.from() : Math.min(pack.from(), use.from());
    long to = use == null ? pack.to() : Math.max(pack.to(), use.to());
    return new PackFetchThreads.FetchRange.PartRange(pack.takeAll(), from, to);
  }

  /** A part of a pack is in memory now, and will be needed again. */
  void arrivedPart(PackRequest pack, PackBytes part) {
    pack.keep(part, false);
    cache.put(pack);
  }

  /** A whole pack is in memory now. */
  void arrived(PackRequest pack, PackBytes whole) {
    pack.keep(whole, true);
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

  /** What was at hand did not do: the whole pack decides about these chunks. */
  void wantAgain(PackRequest pack, List<ChunkRequest> wants) {
    pack.spooled(null);
    if (!pack.isHeldWhole()) {
      letGo(pack);
      pack.mustBeWhole(true);
    }
    pack.doubt();
    String lost = pack.lost();
    for (ChunkRequest each : wants) {
      if (lost == null) {
        add(pack, each);
      } else {
        each.damaged(new DamagedDataException(lost));
      }
    }
    // What was wanted before is no longer at hand either, whether or not anything is wanted again.
    enqueue(pack);
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
    boolean busy = pack.queued() || pack.opening() > 0 || pack.evicting();
    if (busy || pack.first() != null) {
      return;
    }
    PackUsage.PackUse use = use(pack);
    if (use != null && !use.isLeft()) {
      letGo(pack);
      pack.spooled(null);
    }
    if (pack.isElsewhere() && pack.lost() == null) {
      packs.remove(pack.name(), pack);
    }
  }
}

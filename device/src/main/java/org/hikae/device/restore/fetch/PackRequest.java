package org.hikae.device.restore.fetch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.hikae.device.sealing.PackBytes;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/** A pack of which chunks are wanted. Guarded by its {@link ChunkPipeline}. */
final class PackRequest {

  /** Stands for a place in the queue when there is none. */
  static final long NOT_WAITING = -1;

  private final Hash256 name;

  /** Chunks that no thread gets yet, in the order in which they are wanted. */
  private final NavigableSet<ChunkRequest> wants =
      new TreeSet<>(Comparator.comparingLong(ChunkRequest::startsAt));

  private long plainBytes;
  private long spanFrom = Long.MAX_VALUE;
  private long spanTo;
  private @Nullable PackBytes held;
  private boolean heldWhole;
  private SealedSpool.@Nullable SpooledPack spooled;
  private boolean evicting;
  private @Nullable String lost;
  private boolean queued;
  private long queuedAt = NOT_WAITING;
  private boolean mustBeWhole;
  private boolean doubtful;
  private int opening;
  private long batch;

  PackRequest(Hash256 name) {
    this.name = name;
  }

  Hash256 name() {
    return name;
  }

  void want(ChunkRequest chunkRequest) {
    if (wants.add(chunkRequest)) {
      plainBytes += chunkRequest.ref().length();
      long offset = chunkRequest.ref().entry().offset();
      spanFrom = Math.min(spanFrom, offset);
      spanTo = Math.max(spanTo, offset + chunkRequest.ref().entry().sealedLength());
    }
  }

  void unwant(ChunkRequest chunkRequest) {
    if (wants.remove(chunkRequest)) {
      plainBytes -= chunkRequest.ref().length();
      if (wants.isEmpty()) {
        reset();
      }
    }
  }

  private void reset() {
    plainBytes = 0;
    spanFrom = Long.MAX_VALUE;
    spanTo = 0;
  }

  /** The chunk that is wanted first, if any. */
  @Nullable ChunkRequest first() {
    return wants.isEmpty() ? null : wants.first();
  }

  boolean hasOneWant() {
    return wants.size() == 1;
  }

  /** The chunks that are wanted, in the order in which they are. */
  Collection<ChunkRequest> wants() {
    return Collections.unmodifiableCollection(wants);
  }

  /** All that are wanted; none are afterwards. */
  List<ChunkRequest> takeAll() {
    List<ChunkRequest> all = new ArrayList<>(wants);
    wants.clear();
    reset();
    return all;
  }

  /** The pack, or what is needed of it, when it is in memory. */
  @Nullable PackBytes held() {
    return held;
  }

  /** Whether what is in memory is the whole pack. */
  boolean isHeldWhole() {
    return held != null && heldWhole;
  }

  void keep(PackBytes inMemory, boolean whole) {
    held = doubtful ? inMemory.doubted() : inMemory;
    heldWhole = whole;
  }

  /** Lets go of what is in memory. */
  void letGo() {
    held = null;
  }

  /** Whether it is being written to the spool, and leaves memory then. */
  boolean evicting() {
    return evicting;
  }

  void evicting(boolean now) {
    evicting = now;
  }

  void spooled(SealedSpool.@Nullable SpooledPack entries) {
    spooled = entries;
  }

  /** Whether nothing of it is at hand. */
  boolean isElsewhere() {
    return held == null && spooled == null;
  }

  /** What is at hand of it: in memory, or else in the spool; null when it has to be fetched. */
  ChunkOpenExecutor.@Nullable Source source() {
    PackBytes inMemory = held;
    if (inMemory != null) {
      return new ChunkOpenExecutor.Source(this, entry -> inMemory, heldWhole);
    }
    SealedSpool.SpooledPack inSpool = spooled;
    return inSpool == null ? null : new ChunkOpenExecutor.Source(this, inSpool::read, false);
  }

  /** A part of it was not what the snapshot says: identifiers decide about what comes now. */
  void doubt() {
    doubtful = true;
    PackBytes inMemory = held;
    if (inMemory != null) {
      keep(inMemory, heldWhole);
    }
  }

  /** Why nothing of it can be opened; null as long as that is not known. */
  @Nullable String lost() {
    return lost;
  }

  void lose(String reason) {
    lost = reason;
  }

  /** Whether it waits to be fetched, or is being fetched. */
  boolean queued() {
    return queued;
  }

  void queued(boolean now) {
    queued = now;
  }

  /** Under which need it waits in the queue. */
  long queuedAt() {
    return queuedAt;
  }

  void queuedAt(long need) {
    queuedAt = need;
  }

  /** Whether a part of it was fetched and did not do, so that the whole decides. */
  boolean mustBeWhole() {
    return mustBeWhole;
  }

  void mustBeWhole(boolean now) {
    mustBeWhole = now;
  }

  /** How many of its chunks are being opened: as long as there are any, it stays in memory. */
  int opening() {
    return opening;
  }

  void opening(int more) {
    opening += more;
  }

  /** The batch of wishes that brought the first of those that are wanted. */
  long batch() {
    return batch;
  }

  void batch(long number) {
    batch = number;
  }

  /** How soon it is needed, in plain bytes from the start of the range. */
  long neededAt() {
    return wants.isEmpty() ? Long.MAX_VALUE : wants.first().startsAt();
  }

  /** Sealed bytes from the first to the last entry that is wanted; never too few. */
  long span() {
    return Math.max(0, spanTo - spanFrom);
  }

  /** Offset of the first entry that is wanted. */
  int from() {
    return Math.toIntExact(Math.min(spanFrom, Integer.MAX_VALUE));
  }

  /** Where the last of them ends. */
  long to() {
    return spanTo;
  }

  /** Plain bytes of the chunks that are wanted. */
  long plainBytes() {
    return plainBytes;
  }
}

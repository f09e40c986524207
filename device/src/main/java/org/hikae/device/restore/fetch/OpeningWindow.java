package org.hikae.device.restore.fetch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.hikae.device.manifest.ChunkRef;

/**
 * Which of the chunks asked for are near enough to be opened: those that begin within {@link
 * #AHEAD_BYTES} of the one that is taken next, so that no more plain bytes than that, and one
 * chunk, are in memory. Guarded by its {@link ChunkPipeline}.
 */
final class OpeningWindow {

  /** Plain bytes that may be opened before they are taken. */
  static final long AHEAD_BYTES = 8L * 1024 * 1024;

  /** The window moves in steps of so many bytes: many small chunks at a time open better. */
  private static final long STEP_BYTES = 1024 * 1024;

  private final ChunkOpenExecutor openExecutor;

  /** Chunks that lie too far ahead. */
  private final Deque<ChunkRequest> beyond = new ArrayDeque<>();

  private long requestedBytes;
  private long passedBytes;
  private long advancedAt;

  OpeningWindow(ChunkOpenExecutor openExecutor) {
    this.openExecutor = openExecutor;
  }

  /** A chunk is asked for, after all those before. */
  ChunkRequest want(ChunkRef ref) {
    ChunkRequest chunkRequest = new ChunkRequest(ref, requestedBytes);
    requestedBytes += ref.length();
    beyond.add(chunkRequest);
    return chunkRequest;
  }

  /** The first chunk that was not yet taken is taken, or given up. */
  void pass(ChunkRequest chunkRequest) {
    passedBytes += chunkRequest.ref().length();
    if (beyond.peekFirst() == chunkRequest) {
      beyond.removeFirst();
    }
    if (passedBytes - advancedAt >= STEP_BYTES) {
      advance();
    }
  }

  boolean isPassed(ChunkRequest chunkRequest) {
    return chunkRequest.startsAt() < passedBytes;
  }

  private boolean isDue(ChunkRequest chunkRequest) {
    return chunkRequest.startsAt() - passedBytes < AHEAD_BYTES;
  }

  /** Has those chunks opened that are due now and whose packs are at hand. */
  void advance() {
    advancedAt = passedBytes;
    PackRequest before = null;
    for (ChunkRequest next = beyond.peekFirst();
        next != null && isDue(next);
        next = beyond.peekFirst()) {
      beyond.removeFirst();
      PackRequest pack = next.pack();
      if (pack != null && pack != before) {
        openDue(pack);
        before = pack;
      }
    }
  }

  /** Has the chunks of a pack opened that are due, if it is at hand. */
  void openDue(PackRequest pack) {
    ChunkOpenExecutor.Source source = pack.source();
    if (source == null) {
      return;
    }
    List<ChunkRequest> due = new ArrayList<>();
    for (ChunkRequest next = pack.first(); next != null && isDue(next); next = pack.first()) {
      pack.unwant(next);
      due.add(next);
    }
    if (!due.isEmpty()) {
      open(source, due);
    }
  }

  /** Has chunks opened whether they are due or not. */
  void open(ChunkOpenExecutor.Source source, List<ChunkRequest> wants) {
    source.pack().opening(wants.size());
    openExecutor.start(source, wants);
  }
}

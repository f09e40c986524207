package org.hikae.backup.volume.store;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A few buffers outside the heap that begin where a block of memory begins, as direct writing asks
 * for. There are never more than {@link #MOST}: who gets none writes through the page cache.
 */
final class DirectBuffers {

  /** Room of each buffer, and what is written at once. */
  static final int BYTES = 1024 * 1024;

  /** Addresses and lengths are multiples of this; the block of every common disk divides it. */
  static final int ALIGNMENT = 4096;

  static final int MOST = 8;

  private final Semaphore free = new Semaphore(MOST);
  private final ConcurrentLinkedQueue<ByteBuffer> rested = new ConcurrentLinkedQueue<>();

  /** An empty buffer; null when all are in use. */
  @Nullable ByteBuffer take() {
    if (!free.tryAcquire()) {
      return null;
    }
    ByteBuffer buffer = rested.poll();
    return buffer == null
        ? ByteBuffer.allocateDirect(BYTES + ALIGNMENT).alignedSlice(ALIGNMENT).slice(0, BYTES)
        : buffer.clear();
  }

  /** Gives a buffer back that {@link #take} gave out, once. */
  void giveBack(ByteBuffer buffer) {
    rested.add(buffer);
    free.release();
  }
}

package org.hikae.device.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Arrays for objects, used again by their exact length: lengths of packs are padded, so few occur.
 * It keeps at most so many bytes of arrays that nobody uses, and never those that somebody does.
 * Safe for several threads.
 */
public final class BufferPool {

  private final long maxIdleBytes;

  /** Those that were given back last come first. */
  private final Deque<byte[]> idle = new ArrayDeque<>();

  private long idleBytes;

  /** Keeps at most {@code maxIdleBytes} of unused arrays. */
  public BufferPool(long maxIdleBytes) {
    this.maxIdleBytes = maxIdleBytes;
  }

  /** An array of this length that nobody else has; what is in it means nothing. */
  public synchronized byte[] take(int length) {
    for (Iterator<byte[]> each = idle.iterator(); each.hasNext(); ) {
      byte[] buffer = each.next();
      if (buffer.length == length) {
        each.remove();
        idleBytes -= length;
        return buffer;
      }
    }
    return new byte[length];
  }

  /**
   * An array of at least this length and at most twice of it, that nobody else has; what is in it
   * means nothing. For lengths of which many occur.
   */
  public synchronized byte[] takeAtLeast(int length) {
    byte[] best = null;
    for (byte[] each : idle) {
      boolean fits = each.length >= length && each.length / 2 <= length;
      if (fits && (best == null || each.length < best.length)) {
        best = each;
      }
    }
    if (best == null) {
      return new byte[roundedUp(length)];
    }
    // Of arrays only itself is equal to one.
    if (idle.removeFirstOccurrence(best)) {
      idleBytes -= best.length;
    }
    return best;
  }

  /** To a quarter of the power of two below, so that others of about this length fit, too. */
  private static int roundedUp(int length) {
    int step = Math.max(1, Integer.highestOneBit(length) / 4);
    return Math.toIntExact((length + (long) step - 1) / step * step);
  }

  /**
   * Gives back an array that the caller has for itself and does not look at any more, from here or
   * from anywhere else.
   *
   * @throws IllegalStateException when it was given back already
   */
  @SuppressWarnings("ReferenceEquality") // the array itself, whatever is in it
  public synchronized void give(byte[] buffer) {
    for (byte[] each : idle) {
      if (each == buffer) {
        throw new IllegalStateException("a buffer was given back twice");
      }
    }
    if (buffer.length > maxIdleBytes) {
      return;
    }
    idle.addFirst(buffer);
    idleBytes += buffer.length;
    while (idleBytes > maxIdleBytes) {
      idleBytes -= idle.removeLast().length;
    }
  }

  /** Bytes of arrays that nobody uses. */
  synchronized long idleBytes() {
    return idleBytes;
  }
}

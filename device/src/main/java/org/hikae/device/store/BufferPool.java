package org.hikae.device.store;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Arrays for packs and chunks, used again. It keeps at most so many bytes of arrays that nobody
 * uses, and never those that somebody does. Safe for several threads.
 */
public final class BufferPool {

  /** From this length on little is added to an array. */
  private static final int LONG_BYTES = 4 << 20;

  private final long maxIdleBytes;

  /** Arrays that nobody uses, by their length. */
  private final NavigableMap<Integer, LengthStack> idle = new TreeMap<>();

  /** The same arrays. */
  private final Set<byte[]> idleBuffers = Collections.newSetFromMap(new IdentityHashMap<>());

  private long idleBytes;
  private long uses;

  /** Arrays of one length. Those that were given back last come first. */
  private static final class LengthStack {
    private final Deque<byte[]> buffers = new ArrayDeque<>();
    private long lastUse;
  }

  /** Keeps at most {@code maxIdleBytes} of unused arrays. */
  public BufferPool(long maxIdleBytes) {
    this.maxIdleBytes = maxIdleBytes;
  }

  /**
   * An array of at least this length and at most twice of it, that nobody else has; what is in it
   * means nothing.
   */
  public synchronized byte[] takeAtLeast(int length) {
    Map.Entry<Integer, LengthStack> shortest = idle.ceilingEntry(length);
    if (shortest == null || shortest.getKey() / 2 > length) {
      return new byte[roundedUp(length)];
    }
    LengthStack stack = shortest.getValue();
    stack.lastUse = ++uses;
    byte[] buffer = stack.buffers.removeFirst();
    removed(shortest.getKey(), stack, buffer);
    return buffer;
  }

  /**
   * To half of the power of two below, so that others of about this length fit, too. To a quarter
   * for long ones, of which a few are held: a pack of a little over 8 MiB takes 10 MiB.
   */
  private static int roundedUp(int length) {
    int step = Math.max(1, Integer.highestOneBit(length) / (length < LONG_BYTES ? 2 : 4));
    return Math.toIntExact((length + (long) step - 1) / step * step);
  }

  /**
   * Gives back an array that the caller has for itself and does not look at any more, from here or
   * from anywhere else.
   *
   * @throws IllegalStateException when it was given back already
   */
  public synchronized void give(byte[] buffer) {
    if (buffer.length == 0 || buffer.length > maxIdleBytes) {
      return;
    }
    if (!idleBuffers.add(buffer)) {
      throw new IllegalStateException("a buffer was given back twice");
    }
    LengthStack stack = idle.computeIfAbsent(buffer.length, _ -> new LengthStack());
    stack.lastUse = ++uses;
    stack.buffers.addFirst(buffer);
    idleBytes += buffer.length;
    while (idleBytes > maxIdleBytes) {
      dropOne();
    }
  }

  /** Of the length that was of no use for longest. */
  private void dropOne() {
    Map.Entry<Integer, LengthStack> oldest = null;
    for (Map.Entry<Integer, LengthStack> each : idle.entrySet()) {
      if (oldest == null || each.getValue().lastUse < oldest.getValue().lastUse) {
        oldest = each;
      }
    }
    if (oldest != null) {
      LengthStack stack = oldest.getValue();
      removed(oldest.getKey(), stack, stack.buffers.removeLast());
    }
  }

  private void removed(int length, LengthStack stack, byte[] buffer) {
    idleBuffers.remove(buffer);
    idleBytes -= length;
    if (stack.buffers.isEmpty()) {
      idle.remove(length);
    }
  }

  /** Bytes of arrays that nobody uses. */
  synchronized long idleBytes() {
    return idleBytes;
  }
}

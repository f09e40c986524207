package org.hikae.http.control;

import java.time.Duration;

/**
 * How slowly the body of a request may come: at a least rate on average, after a time in which it
 * may come as it likes. So each body has a deadline that grows with its size, and who drips is gone
 * after the grace. The container's own time-out begins anew with every byte. Whoever reads and
 * whoever watches may be two threads.
 */
public final class MinimumBodyRate {

  /**
   * Least bytes in a second, on average, also of an answer: agents may be told to send 32 KiB in a
   * second, in several bodies at once.
   */
  public static final int LEAST_BYTES_PER_SECOND = 4096;

  /** What each body and each answer has beside the time that its bytes take. */
  public static final Duration GRACE = Duration.ofSeconds(30);

  /** What is left for a body that nobody wants, because the request was refused ... */
  static final Duration REFUSED = Duration.ofSeconds(5);

  /** ... beside the time that its bytes take at this rate: who is quick reads the answer. */
  static final int REFUSED_BYTES_PER_SECOND = 1024 * 1024;

  /** Most bytes of a body; what an application takes is less, and it says so itself. */
  public static final long MAX_BYTES = 176L * 1024 * 1024;

  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();
  private static final long NANOS_PER_MILLISECOND = Duration.ofMillis(1).toNanos();

  private final long began;
  private final long grace;
  private long refused;
  private long bytesBeforeRefusal;
  private boolean unwanted;
  private long bytes;

  /**
   * A body that begins to be read now.
   *
   * @param grace what it has beside the time that its bytes take
   */
  public MinimumBodyRate(long nanos, Duration grace) {
    began = nanos;
    this.grace = grace.toNanos();
  }

  /** So many bytes came. */
  public synchronized void came(long more) {
    bytes += Math.max(0, more);
  }

  /** The request was refused; only the first time counts. */
  public synchronized void refuse(long nanos) {
    if (!unwanted) {
      unwanted = true;
      refused = nanos;
      bytesBeforeRefusal = bytes;
    }
  }

  /** Whether what came has its limit or something is left of its time. */
  public synchronized boolean isOver(long nanos) {
    return bytes > MAX_BYTES || leftNanos(nanos) <= 0;
  }

  /** How long the next byte may take. */
  synchronized long leftNanos(long nanos) {
    long left = grace + nanosOf(bytes, LEAST_BYTES_PER_SECOND) - (nanos - began);
    if (!unwanted) {
      return left;
    }
    long readAway = nanosOf(bytes - bytesBeforeRefusal, REFUSED_BYTES_PER_SECOND);
    return Math.min(left, REFUSED.toNanos() + readAway - (nanos - refused));
  }

  /**
   * The same in whole milliseconds; a part of one counts as one, because who is told to wait for
   * none waits for ever.
   */
  public long leftMillis(long nanos) {
    return millisOf(leftNanos(nanos));
  }

  static long millisOf(long nanos) {
    return Math.max(0, Math.ceilDiv(nanos, NANOS_PER_MILLISECOND));
  }

  /** Less than a day for {@link #MAX_BYTES}, so that nothing overflows. */
  private static long nanosOf(long bytes, int perSecond) {
    return bytes * (NANOS_PER_SECOND / perSecond);
  }
}

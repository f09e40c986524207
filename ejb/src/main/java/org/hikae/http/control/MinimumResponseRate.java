package org.hikae.http.control;

import java.time.Duration;

/**
 * How slowly an answer may be read: at the least rate of {@link MinimumBodyRate} on average, after
 * a time in which nobody counts, and never without a byte for as long as that. Only waiting for the
 * reader counts, not the time that the portal takes to make the answer. The container's own
 * time-out begins anew with every byte. Whoever writes and whoever waits may be two threads.
 */
public final class MinimumResponseRate {

  private static final long NANOS_PER_BYTE =
      Duration.ofSeconds(1).toNanos() / MinimumBodyRate.LEAST_BYTES_PER_SECOND;

  private final long grace;
  private long bytes;
  private long waited;
  private long since;
  private boolean waiting;

  /** Most waiting beside the time that the bytes take, and at one go. */
  public MinimumResponseRate(Duration grace) {
    this.grace = grace.toNanos();
  }

  /** Nothing more goes out until something is read. */
  public synchronized void waits(long nanos) {
    if (!waiting) {
      waiting = true;
      since = nanos;
    }
  }

  /** So many bytes went out, or all did that had waited. */
  public synchronized void went(long more, long nanos) {
    bytes += more;
    if (waiting) {
      waiting = false;
      waited += nanos - since;
    }
  }

  /** Whether nothing is left of its time. */
  public boolean isOver(long nanos) {
    return leftNanos(nanos) <= 0;
  }

  /**
   * How much longer may be waited now; less than a century for a terabyte, so nothing overflows.
   */
  private synchronized long leftNanos(long nanos) {
    long now = waiting ? nanos - since : 0;
    return Math.min(grace, grace + bytes * NANOS_PER_BYTE - waited) - now;
  }

  /** The same as {@link MinimumBodyRate#leftMillis(long)}. */
  public long leftMillis(long nanos) {
    return MinimumBodyRate.millisOf(leftNanos(nanos));
  }
}

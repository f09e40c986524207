package org.hikae.device.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spreads bytes over time: whoever calls {@link #take} waits until the line has carried what was
 * taken before. Guarantees: over any span no more than the rate, and a quarter of a second of it at
 * once after a rest; all that share one limit share its rate. Safe for several threads.
 */
public final class RateLimiter {

  /** Never waits. */
  public static final RateLimiter NONE =
      new RateLimiter(Long.MAX_VALUE, () -> 0, duration -> {}, Duration.ZERO);

  /** The slowest rate: below it a call would take longer than a portal waits, in bytes a second. */
  public static final long MIN_BYTES_PER_SECOND = 32 * 1024;

  /** How many bytes are sent or taken between two waits. */
  public static final int SLICE_BYTES = 16 * 1024;

  /** How many calls share the line at most. */
  private static final int SHARES = 4;

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final Duration REST = Duration.ofMillis(250);

  private volatile long bytesPerSecond;
  private final LongSupplier nanos;
  private final Sleeper sleeper;
  private final long restNanos;
  private long paidUntil;
  private boolean begun;

  /**
   * Limits from now on.
   *
   * @param bytesPerSecond at least {@link #MIN_BYTES_PER_SECOND}
   * @param nanos a clock that nobody sets, such as {@link System#nanoTime}
   * @param sleeper how to wait
   */
  public RateLimiter(long bytesPerSecond, LongSupplier nanos, Sleeper sleeper) {
    this(bytesPerSecond, nanos, sleeper, REST);
    if (bytesPerSecond < MIN_BYTES_PER_SECOND) {
      throw new IllegalArgumentException(
          "at least " + MIN_BYTES_PER_SECOND + " bytes a second, not " + bytesPerSecond);
    }
  }

  private RateLimiter(long bytesPerSecond, LongSupplier nanos, Sleeper sleeper, Duration rest) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanos = nanos;
    this.sleeper = sleeper;
    this.restNanos = rest.toNanos();
  }

  /** Whether there is a limit at all. */
  public boolean limits() {
    return bytesPerSecond != Long.MAX_VALUE;
  }

  /** Takes what is yet to come no faster than this, if it was faster before. */
  public synchronized void atMost(long most) {
    if (this == NONE) {
      throw new IllegalStateException("the limit that all share stays none");
    }
    bytesPerSecond = Math.min(bytesPerSecond, Math.max(most, MIN_BYTES_PER_SECOND));
  }

  /** Takes so many bytes of the line, and waits until they may pass. */
  public void take(int bytes) throws InterruptedException {
    if (!limits() || bytes <= 0) {
      return;
    }
    long wait;
    synchronized (this) {
      long now = nanos.getAsLong();
      // Compared by difference, because such a clock may run over. What a rest has saved up is lost
      // but for a little.
      if (!begun || now - paidUntil > restNanos) {
        paidUntil = now - restNanos;
        begun = true;
      }
      paidUntil += nanosOf(bytes);
      wait = paidUntil - now;
    }
    if (wait > 0) {
      sleeper.wait(Duration.ofNanos(wait));
    }
  }

  /** How much longer a call with so many bytes may take because others share the line. */
  public Duration allowance(int bytes) {
    return limits() ? Duration.ofNanos(nanosOf(bytes)).multipliedBy(SHARES) : Duration.ZERO;
  }

  /** A body of 160 MiB and a second in nanoseconds fit a long together. */
  private long nanosOf(int bytes) {
    return bytes * SECOND_NANOS / bytesPerSecond;
  }
}

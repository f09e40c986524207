package org.hikae.device.portal;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a run has waited for the portal in vain (spec HK1-R-16). Each thing that is asked for
 * has tries of its own; this bounds all of them together. An answer is worth {@link #OF_ANSWER} and
 * the time of its bytes on the slowest line; what was waited beyond is added up. Only time in which
 * something is asked counts: a run may have other work for hours. Thread-safe.
 */
public final class ObjectWait {

  /** Several times as long as all tries of one thing that is not answered. */
  public static final Duration LONGEST = Duration.ofMinutes(30);

  /** An answer that takes no longer is no reason to end a run, however many there are. */
  static final Duration OF_ANSWER = Duration.ofSeconds(10);

  private static final long SLOWEST_BYTES_PER_SECOND = 32 * 1024;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final LongSupplier nanos;
  private int asking;
  private long since;
  private long before;

  /** Counts by a clock that nobody sets, and that stands still while the computer sleeps. */
  public ObjectWait(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Somebody begins to ask; several threads may ask at a time. */
  synchronized void begins() {
    if (asking++ == 0) {
      since = nanos.getAsLong();
    }
  }

  /** Somebody has stopped asking, whatever came of it. */
  synchronized void ends() {
    if (--asking == 0) {
      before += nanos.getAsLong() - since;
    }
  }

  /** The portal has answered, and so many bytes of an object have come or gone. */
  synchronized void answered(long bytes) {
    long worth = OF_ANSWER.toNanos() + bytes * SECOND_NANOS / SLOWEST_BYTES_PER_SECOND;
    before = Math.max(0, soFar().toNanos() - worth);
    since = nanos.getAsLong();
  }

  /** What was waited in vain. */
  public synchronized Duration soFar() {
    return Duration.ofNanos(before + (asking > 0 ? nanos.getAsLong() - since : 0));
  }

  /** Whether the run is to end. */
  boolean isOver() {
    return soFar().compareTo(LONGEST) >= 0;
  }
}

package org.hikae.backup.maintenance.control;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What one run of scrubbing may cost: so many seconds, and on average so many bytes in each of them
 * since it began. It only counts; whoever has it waits and stops.
 */
public final class ScrubBudget {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Duration most;
  private final long bytesPerSecond;
  private final LongSupplier nanos;
  private final long began;
  private long spent;

  /**
   * Begins now.
   *
   * @param most how long the run may take
   * @param bytesPerSecond how much it may read; 0 for as much as it can
   * @param nanos a clock that nobody sets, such as {@link System#nanoTime}
   */
  public ScrubBudget(Duration most, long bytesPerSecond, LongSupplier nanos) {
    if (most.isNegative() || bytesPerSecond < 0) {
      throw new IllegalArgumentException("neither limit may be negative");
    }
    this.most = most;
    this.bytesPerSecond = bytesPerSecond;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** Counts bytes that were read. */
  public void spend(long bytes) {
    spent = Math.addExact(spent, bytes);
  }

  /** How long to wait before more is read; zero when it may be read now. */
  public Duration pause() {
    if (bytesPerSecond == 0) {
      return Duration.ZERO;
    }
    Duration due =
        Duration.ofSeconds(spent / bytesPerSecond)
            .plusNanos(
                (long) ((double) (spent % bytesPerSecond) / bytesPerSecond * NANOS_PER_SECOND));
    Duration ahead = due.minus(elapsed());
    return ahead.isNegative() ? Duration.ZERO : ahead;
  }

  /** Whether the time is used up, or would be by the pause that is due. */
  public boolean isUsedUp() {
    return elapsed().plus(pause()).compareTo(most) >= 0;
  }

  private Duration elapsed() {
    return Duration.ofNanos(nanos.getAsLong() - began);
  }
}

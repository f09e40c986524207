package org.hikae.runtime.control;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Figures for everybody who asks within a while: however many administrators look at once, they are
 * counted once.
 *
 * @param <T> the figures
 */
public final class CachedValue<T> {

  private final Duration age;
  private @Nullable T figures;
  private Instant countedAt = Instant.EPOCH;

  /**
   * Nothing is counted yet.
   *
   * @param age how old figures may be
   */
  public CachedValue(Duration age) {
    this.age = age;
  }

  /** The figures, counted now unless they were a while ago. */
  public synchronized T get(Instant now, Supplier<T> count) {
    T last = figures;
    // Who waited here asked before the others counted. Further back the clock itself was put back.
    if (last == null || Duration.between(countedAt, now).abs().compareTo(age) >= 0) {
      last = count.get();
      figures = last;
      countedAt = now;
    }
    return last;
  }

  /** Counts anew for who asks next. */
  public synchronized void forget() {
    figures = null;
  }
}

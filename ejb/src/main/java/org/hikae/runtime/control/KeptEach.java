package org.hikae.runtime.control;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one thing each, for everybody who asks within a while. What was counted quickly is
 * counted anew each time, so that it is exact wherever that costs nothing; what took long is kept
 * for a moment, so that it is counted once however many administrators look at the same thing.
 *
 * @param <K> what names a thing
 * @param <T> its figures
 */
public final class KeptEach<K, T> {

  /** Counting that takes so long is worth keeping. */
  static final Duration LONG = Duration.ofMillis(100);

  /** How old figures may be. */
  static final Duration AGE = Duration.ofSeconds(2);

  /** Most things whose figures are kept; those asked for longest ago are forgotten. */
  static final int MAX_THINGS = 100;

  private final LongSupplier nanos;
  private final Map<K, One<T>> things =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, One<T>> eldest) {
          return size() > MAX_THINGS;
        }
      };

  /** Nothing is counted yet. */
  public KeptEach() {
    this(System::nanoTime);
  }

  /** With a clock of nanoseconds. */
  KeptEach(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The figures of a thing, counted now unless that took long and was a moment ago. */
  public T get(K thing, Supplier<T> count) {
    One<T> one;
    synchronized (this) {
      one = things.computeIfAbsent(thing, _ -> new One<>());
    }
    return one.get(nanos, count);
  }

  /** Counts everything anew for who asks next. */
  public synchronized void forget() {
    things.clear();
  }

  private static final class One<T> {

    private @Nullable T figures;
    private long until;

    /** Who waits here while another counts takes what that one has counted. */
    synchronized T get(LongSupplier nanos, Supplier<T> count) {
      long began = nanos.getAsLong();
      T last = figures;
      if (last == null || began - until >= 0) {
        last = count.get();
        long ended = nanos.getAsLong();
        figures = last;
        until = ended - began >= LONG.toNanos() ? ended + AGE.toNanos() : ended;
      }
      return last;
    }
  }
}

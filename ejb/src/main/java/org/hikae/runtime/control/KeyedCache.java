package org.hikae.runtime.control;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one thing each, for everybody who asks within a while. What was counted quickly is
 * counted anew each time, so that it is exact wherever that costs nothing; what took long is kept
 * for a moment, so that it is counted once however many administrators look at the same thing.
 * While one counts anew the others take what was kept, and wait only when that is too old. Those
 * who wait together are served by one count that began after they asked, so it is exact for all of
 * them.
 *
 * @param <K> what names a thing
 * @param <T> its figures
 */
public final class KeyedCache<K, T> {

  /** Counting that takes so long is worth keeping. */
  static final Duration LONG = Duration.ofMillis(100);

  /** How old figures may be; twice as old while another counts them anew. */
  static final Duration AGE = Duration.ofSeconds(2);

  /** Most things whose figures are kept; those asked for longest ago are forgotten. */
  static final int MAX_THINGS = 100;

  private final LongSupplier nanos;
  private final Map<K, CacheEntry<T>> things =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, CacheEntry<T>> eldest) {
          return size() > MAX_THINGS;
        }
      };

  /** Nothing is counted yet. */
  public KeyedCache() {
    this(System::nanoTime);
  }

  /** With a clock of nanoseconds. */
  KeyedCache(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The figures of a thing, counted now unless that took long and was a moment ago. */
  public T get(K thing, Supplier<T> count) {
    CacheEntry<T> one;
    synchronized (this) {
      one = things.computeIfAbsent(thing, _ -> new CacheEntry<>());
    }
    return one.get(nanos, count);
  }

  /** Counts everything anew for who asks next. */
  public synchronized void forget() {
    things.clear();
  }

  /**
   * What was counted.
   *
   * @param figures the figures
   * @param began when counting began
   * @param slow whether counting them took long
   * @param until the time until which they are given to everybody
   */
  private record CachedFigures<T>(T figures, long began, boolean slow, long until) {

    boolean isKept(long now) {
      return now - until < 0;
    }

    /** Whether they still do for who would have to wait for another who counts. */
    boolean isGoodMeanwhile(long now) {
      return slow && now - until < AGE.toNanos();
    }
  }

  private static final class CacheEntry<T> {

    private final ReentrantLock counting = new ReentrantLock();
    private volatile @Nullable CachedFigures<T> last;

    T get(LongSupplier nanos, Supplier<T> count) {
      long asked = nanos.getAsLong();
      CachedFigures<T> known = last;
      if (known != null && known.isKept(asked)) {
        return known.figures();
      }
      if (known == null || !known.isGoodMeanwhile(asked)) {
        counting.lock();
      } else if (!counting.tryLock()) {
        return known.figures();
      }
      try {
        return counted(nanos, asked, count).figures();
      } finally {
        counting.unlock();
      }
    }

    /**
     * Who waited takes what another has counted, if that is kept or began after who waited asked.
     */
    private CachedFigures<T> counted(LongSupplier nanos, long asked, Supplier<T> count) {
      long began = nanos.getAsLong();
      CachedFigures<T> known = last;
      if (known == null || !(known.isKept(began) || known.began() - asked > 0)) {
        T figures = count.get();
        long ended = nanos.getAsLong();
        boolean slow = ended - began >= LONG.toNanos();
        known = new CachedFigures<>(figures, began, slow, slow ? ended + AGE.toNanos() : ended);
        last = known;
      }
      return known;
    }
  }
}

package org.hikae.runtime.control;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that one asks for and everybody hears: who asks meanwhile, and who asks within a while
 * after. However many ask, and however slowly it is answered, one question is under way at a time,
 * and nobody waits for more than two.
 *
 * @param <T> the answer
 */
public final class SingleFlightValue<T> {

  private final long age;
  private final LongSupplier nanos;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable TimedAnswer<T> last;

  /**
   * Nobody has asked yet.
   *
   * @param age how old an answer may be
   */
  public SingleFlightValue(Duration age) {
    this(age, System::nanoTime);
  }

  /** With a clock of nanoseconds. */
  SingleFlightValue(Duration age, LongSupplier nanos) {
    this.age = age.toNanos();
    this.nanos = nanos;
  }

  private record TimedAnswer<T>(T answer, long at) {

    boolean isAfter(long since) {
      return at - since > 0;
    }
  }

  /** The answer, asked for now unless one was heard a while ago, or is heard while waiting here. */
  public T get(Supplier<T> question) {
    long since = nanos.getAsLong() - age;
    TimedAnswer<T> known = last;
    if (known != null && known.isAfter(since)) {
      return known.answer();
    }
    asking.lock();
    try {
      known = last;
      if (known == null || !known.isAfter(since)) {
        T answer = question.get();
        known = new TimedAnswer<>(answer, nanos.getAsLong());
        last = known;
      }
      return known.answer();
    } finally {
      asking.unlock();
    }
  }
}

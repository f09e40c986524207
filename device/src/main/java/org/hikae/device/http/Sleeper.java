package org.hikae.device.http;

import java.time.Duration;

/** Waits, and tells how long; a port, so that tests need not. */
@FunctionalInterface
public interface Sleeper {

  /** Waits that long, or until interrupted. */
  void wait(Duration duration) throws InterruptedException;

  /** By a clock that nobody sets, and that stands still while the computer sleeps. */
  default long nanos() {
    return System.nanoTime();
  }

  /** What waits also where the one who waits is to end, for what has to be ended in order. */
  default Sleeper whileEnding() {
    return this;
  }

  /** Waits by the system's clock. */
  static Sleeper real() {
    return duration -> Thread.sleep(duration.toMillis());
  }
}

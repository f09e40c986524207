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

  /** Waits by the system's clock. */
  static Sleeper real() {
    return duration -> Thread.sleep(duration.toMillis());
  }
}

package org.hikae.device.http;

import java.time.Duration;

/** Waits; a port, so that tests need not. */
@FunctionalInterface
public interface Sleeper {

  /** Waits that long, or until interrupted. */
  void wait(Duration duration) throws InterruptedException;

  /** Waits by the system's clock. */
  static Sleeper real() {
    return duration -> Thread.sleep(duration.toMillis());
  }
}

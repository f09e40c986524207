package org.hikae.device.http;

import java.time.Duration;

/** Waits; a port, so that tests need not. */
@FunctionalInterface
public interface Pause {

  /** Waits that long, or until interrupted. */
  void wait(Duration duration) throws InterruptedException;

  /** Waits by the system's clock. */
  static Pause real() {
    return duration -> Thread.sleep(duration.toMillis());
  }
}

package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what becomes true by itself. */
final class Soon {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Soon() {}

  /** Asks until the answer is yes; fails when it never is. */
  static void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("still not so").isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}

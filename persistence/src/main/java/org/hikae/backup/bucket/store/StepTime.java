package org.hikae.backup.bucket.store;

import java.time.Duration;

/** How long a step has been at work. */
final class StepTime {

  private final long began = System.nanoTime();
  private final long most;

  StepTime(Duration most) {
    this.most = most.toNanos();
  }

  /** Whether it is to end. */
  boolean isOver() {
    return System.nanoTime() - began >= most;
  }
}

package org.hikae.device.backup;

import java.util.List;

/** Ends of threads. */
final class Threads {

  private Threads() {}

  /** Waits until all have ended, even if interrupted, which is kept for the caller. */
  static void awaitEnd(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

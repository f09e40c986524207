package org.hikae.device.backup.pack;

import java.util.List;

/** Ends of threads. */
public final class UninterruptibleJoin {

  private UninterruptibleJoin() {}

  /** Waits until all have ended, even if interrupted, which is kept for the caller. */
  public static void awaitEnd(List<Thread> threads) {
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

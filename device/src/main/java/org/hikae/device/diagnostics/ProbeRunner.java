package org.hikae.device.diagnostics;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at one thing after the other, none of which may keep the person waiting or fail. */
public final class ProbeRunner {

  private ProbeRunner() {}

  /**
   * What {@code probe} finds, on a thread of its own; {@code otherwise} when it takes longer than
   * {@code limit}, or fails in whatever way. One that takes longer is not interrupted, because it
   * may be writing; it ends by limits of its own.
   */
  public static <T> T ask(Duration limit, T otherwise, Callable<T> probe) {
    FutureTask<T> task = new FutureTask<>(probe);
    Thread.ofPlatform().daemon().name("hikae-probe").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return otherwise;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    }
  }
}

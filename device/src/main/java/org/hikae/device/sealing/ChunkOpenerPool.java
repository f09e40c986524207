package org.hikae.device.sealing;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.hikae.device.keys.BackupKey;

/**
 * Threads that open chunks: as many as there are cores, at most {@link #MAX_THREADS}, each with a
 * {@link ChunkOpener} of its own. Who hands jobs over bounds how many wait.
 */
public final class ChunkOpenerPool implements AutoCloseable {

  /** Each thread may hold 8 MiB of buffers, so many cores must not mean much memory. */
  public static final int MAX_THREADS = 8;

  private final ExecutorService threads;
  private final List<ChunkOpener> openers = new ArrayList<>();
  private final Queue<ChunkOpener> idle = new ConcurrentLinkedQueue<>();

  /** Opens chunks of the set of {@code key}, which is not closed here. */
  public ChunkOpenerPool(BackupKey key) {
    int count = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    for (int i = 0; i < count; i++) {
      openers.add(new ChunkOpener(key));
    }
    idle.addAll(openers);
    threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name("hikae-open-", 0).factory());
  }

  /**
   * Has a task done.
   *
   * @param task may use the opener until it returns; what it throws is lost
   * @throws java.util.concurrent.RejectedExecutionException when the pool is closed
   */
  public void execute(Consumer<ChunkOpener> task) {
    threads.execute(
        () -> {
          // There are as many openers as threads.
          ChunkOpener opener = idle.remove();
          try {
            task.accept(opener);
          } finally {
            idle.add(opener);
          }
        });
  }

  /** Ends the threads, the jobs that wait left undone; returns when no thread is left. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
    openers.forEach(ChunkOpener::close);
  }
}

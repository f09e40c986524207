package org.hikae.device.sealing;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

  /** Something to do with an opener. Must not throw; what it throws is lost. */
  @FunctionalInterface
  public interface OpenerTask {
    /** Does it. The opener may be used until this returns. */
    void run(ChunkOpener opener);
  }

  /**
   * Has a job done.
   *
   * @throws java.util.concurrent.RejectedExecutionException when the pool is closed
   */
  public void execute(OpenerTask openerTask) {
    threads.execute(
        () -> {
          // There are as many openers as threads.
          ChunkOpener opener = idle.remove();
          try {
            openerTask.run(opener);
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

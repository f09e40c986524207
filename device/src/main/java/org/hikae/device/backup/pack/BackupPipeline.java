package org.hikae.device.backup.pack;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.hikae.device.run.RunCancelledException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Carries batches from the thread that walks, by way of workers that encode their chunks, to one
 * last stage that takes them in the order of the walk.
 *
 * <p>There is a fixed number of batches; the walk waits for a free one, so memory is bounded
 * however slow a stage is. The first failure of any stage reaches the walk at its next {@link
 * #take} or at {@link #finish}. After {@link #close} no thread is left.
 */
public final class BackupPipeline implements AutoCloseable {

  /** More workers than this would wait for the walk that feeds them. */
  private static final int MAX_WORKERS = 4;

  /** Batches besides those that are being encoded: one filled, one sealed, one on its way. */
  private static final int MORE_BATCHES = 3;

  /** How long the walk waits before it asks again whether it shall. */
  private static final long ASK_MILLIS = 100;

  private final Runnable whileWaiting;
  private final BlockingQueue<WalkBatch> free;
  private final BlockingQueue<WalkBatch> toEncode;
  private final BlockingQueue<WalkBatch> inOrder;
  private final WalkBatch end = new WalkBatch();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Thread last;

  /** The last stage, called by one thread. */
  @FunctionalInterface
  interface OrderedStage {
    /** Goes through the steps of a batch. */
    void take(WalkBatch batch) throws IOException, BackupStoreException;
  }

  /**
   * Starts the threads.
   *
   * @param whileWaiting called by the walk now and then while it waits; may throw to end that
   * @param workers how many encode chunks
   * @param encoders makes one for each worker
   * @param stage the last stage; nobody else may touch what it works with until {@link #finish} or
   *     {@link #close} has returned
   */
  public BackupPipeline(
      Runnable whileWaiting, int workers, Supplier<ChunkEncoder> encoders, OrderedStage stage) {
    this.whileWaiting = whileWaiting;
    int batches = workers + MORE_BATCHES;
    this.free = new ArrayBlockingQueue<>(batches);
    this.toEncode = new ArrayBlockingQueue<>(batches);
    this.inOrder = new ArrayBlockingQueue<>(batches + 1);
    for (int i = 0; i < batches; i++) {
      free.add(new WalkBatch());
    }
    this.last = Thread.ofPlatform().daemon().name("hikae-seal").unstarted(() -> order(stage));
    threads.add(last);
    for (int i = 0; i < workers; i++) {
      threads.add(
          Thread.ofPlatform().daemon().name("hikae-encode-" + i).unstarted(() -> encode(encoders)));
    }
    threads.forEach(Thread::start);
  }

  /** As many workers as this computer has cores, up to as many as are of use. */
  public static int usualWorkers() {
    return Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors());
  }

  private void encode(Supplier<ChunkEncoder> encoders) {
    try (ChunkEncoder encoder = encoders.get()) {
      while (true) {
        toEncode.take().encode(encoder);
      }
    } catch (InterruptedException e) {
      // Closed.
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void order(OrderedStage stage) {
    try {
      for (WalkBatch batch = inOrder.take(); batch != end; batch = inOrder.take()) {
        handle(batch, stage);
        batch.clear();
        free.add(batch);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /** After a failure batches only pass, until the walk has noticed. */
  private void handle(WalkBatch batch, OrderedStage stage) throws InterruptedException {
    try {
      batch.awaitEncoded();
      if (failure.get() == null) {
        stage.take(batch);
      }
    } catch (IOException | BackupStoreException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable e) {
    failure.compareAndSet(null, e);
  }

  /** An empty batch to fill, as soon as there is one. */
  public WalkBatch take() throws IOException, BackupStoreException {
    try {
      WalkBatch batch = free.poll(ASK_MILLIS, TimeUnit.MILLISECONDS);
      while (batch == null) {
        throwFailure();
        whileWaiting.run();
        batch = free.poll(ASK_MILLIS, TimeUnit.MILLISECONDS);
      }
      throwFailure();
      return batch;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Sends a batch on its way; it belongs to the pipeline from now on. */
  public void hand(WalkBatch batch) {
    if (batch.hasChunks()) {
      toEncode.add(batch);
    } else {
      batch.needsNoEncoding();
    }
    inOrder.add(batch);
  }

  /** Waits until the last stage has taken everything. */
  public void finish() throws IOException, BackupStoreException {
    inOrder.add(end);
    try {
      while (!last.join(Duration.ofMillis(ASK_MILLIS))) {
        throwFailure();
        whileWaiting.run();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    throwFailure();
  }

  private static RunCancelledException interrupted() {
    Thread.currentThread().interrupt();
    return new RunCancelledException();
  }

  private void throwFailure() throws IOException, BackupStoreException {
    switch (failure.get()) {
      case null -> {}
      case IOException e -> throw e;
      case BackupStoreException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException("a stage of the run failed", e);
    }
  }

  /** Ends all threads, whatever they do. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    UninterruptibleJoin.awaitEnd(threads);
  }
}

package org.hikae.device.backup;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.sealing.PackWriter.SealedPack;
import org.jspecify.annotations.Nullable;

/**
 * Sends finished packs while the next ones are made. At most {@link #IN_FLIGHT} packs wait in
 * memory; the first failure ends the run at the next chance.
 */
final class PackUploader implements AutoCloseable {

  /** Packs being sent at a time. */
  static final int IN_FLIGHT = 2;

  private final SnapshotStore store;
  private final ExecutorService senders = Executors.newFixedThreadPool(IN_FLIGHT);
  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicLong bytesSent = new AtomicLong();

  PackUploader(SnapshotStore store) {
    this.store = store;
  }

  /** Takes a pack to send, waiting for room; {@code stored} is called once the store has it. */
  void submit(SealedPack pack, Consumer<SealedPack> stored) throws StoreException {
    acquire(1);
    try {
      throwFailure();
      senders.execute(() -> send(pack, stored));
    } catch (StoreException | RuntimeException e) {
      room.release();
      throw e;
    }
  }

  private void send(SealedPack pack, Consumer<SealedPack> stored) {
    try {
      if (failure.get() == null) {
        store.put(pack.name(), pack.object());
        bytesSent.addAndGet(pack.object().length);
        stored.accept(pack);
      }
    } catch (StoreException | RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      room.release();
    }
  }

  /** Waits until everything is stored. */
  void drain() throws StoreException {
    acquire(IN_FLIGHT);
    room.release(IN_FLIGHT);
    throwFailure();
  }

  private void acquire(int permits) throws StoreException {
    try {
      room.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(RunResult.CANCELLED, "The run was interrupted.", e);
    }
  }

  private void throwFailure() throws StoreException {
    Throwable first = failure.get();
    if (first instanceof StoreException refused) {
      throw refused;
    }
    if (first != null) {
      throw new IllegalStateException("sending a pack failed", first);
    }
  }

  /** RunCounts an object that was sent otherwise. */
  void sent(long bytes) {
    bytesSent.addAndGet(bytes);
  }

  /** Sealed bytes that the store took. */
  long bytesSent() {
    return bytesSent.get();
  }

  @Override
  public void close() {
    senders.shutdownNow();
  }
}

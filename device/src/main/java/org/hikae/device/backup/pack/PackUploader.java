package org.hikae.device.backup.pack;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.sealing.PackWriter.SealedPack;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.BufferPool;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Sends finished packs while the next ones are made. At most {@link #IN_FLIGHT} packs wait in
 * memory; the first failure ends the run at the next chance.
 */
public final class PackUploader implements AutoCloseable {

  /** Packs being sent at a time. */
  public static final int IN_FLIGHT = 2;

  /** Arrays of packs that are neither made nor sent: as many as are at work at a time. */
  private static final long IDLE_BYTES = (IN_FLIGHT + 1) * 10L * 1024 * 1024;

  private static final long ASK_MILLIS = 100;
  private static final long ENDING_SECONDS = 10;

  private final BackupStore store;
  private final ExecutorService senders =
      Executors.newFixedThreadPool(
          IN_FLIGHT, Thread.ofPlatform().daemon().name("hikae-send-", 0).factory());
  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final BufferPool buffers = new BufferPool(IDLE_BYTES);
  private final AtomicLong bytesSent = new AtomicLong();

  public PackUploader(BackupStore store) {
    this.store = store;
  }

  /**
   * Takes a pack to send, waiting for room. Its array is the uploader's from then on.
   *
   * @param beforeSending called with its name
   * @return its name, which is computed first of all
   */
  Future<Hash256> submit(SealedPack pack, BiConsumer<Hash256, SealedPack> beforeSending)
      throws BackupStoreException {
    CompletableFuture<Hash256> name = new CompletableFuture<>();
    try {
      room.acquire();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      throwFailure();
      senders.execute(() -> send(pack, name, beforeSending));
      return name;
    } catch (BackupStoreException | RuntimeException e) {
      room.release();
      throw e;
    }
  }

  /** A name that {@link #submit} promised, once it is there. */
  static Hash256 name(Future<Hash256> promised) throws BackupStoreException {
    try {
      return promised.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a pack could not be hashed", e);
    }
  }

  private void send(
      SealedPack pack,
      CompletableFuture<Hash256> named,
      BiConsumer<Hash256, SealedPack> beforeSending) {
    try {
      Hash256 name = pack.name();
      named.complete(name);
      if (failure.get() == null) {
        beforeSending.accept(name, pack);
        store.put(name, pack.object(), pack.length());
        bytesSent.addAndGet(pack.length());
      }
    } catch (BackupStoreException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      // Nobody shall wait for a name that does not come; one that has come stays.
      named.completeExceptionally(e);
    } finally {
      buffers.give(pack.object());
      room.release();
    }
  }

  /** An array of at least this length for the next pack to {@link #submit}. */
  byte[] buffer(int length) {
    return buffers.takeAtLeast(length);
  }

  /** Waits until everything is stored, asking now and then whether it shall. */
  public void drain(Runnable whileWaiting) throws BackupStoreException {
    try {
      while (!room.tryAcquire(IN_FLIGHT, ASK_MILLIS, TimeUnit.MILLISECONDS)) {
        throwFailure();
        whileWaiting.run();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    room.release(IN_FLIGHT);
    throwFailure();
  }

  private static BackupStoreException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new BackupStoreException(RunResult.CANCELLED, "The run was interrupted.", e);
  }

  private void throwFailure() throws BackupStoreException {
    Throwable first = failure.get();
    if (first instanceof BackupStoreException refused) {
      throw refused;
    }
    if (first != null) {
      throw new IllegalStateException("sending a pack failed", first);
    }
  }

  /** Counts an object that was sent otherwise. */
  public void sent(long bytes) {
    bytesSent.addAndGet(bytes);
  }

  /** Sealed bytes that the store took. */
  public long bytesSent() {
    return bytesSent.get();
  }

  /** Interrupts what is being sent and waits for it to end. */
  @Override
  public void close() {
    senders.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      // A store that does not let itself be interrupted must not keep the run from ending.
      boolean _ = senders.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

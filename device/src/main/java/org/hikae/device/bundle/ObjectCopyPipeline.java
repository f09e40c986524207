package org.hikae.device.bundle;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.BufferPool;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.PackDownload;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.bundle.BundleStore;

/**
 * Copies objects from the store into a bundle, two at a time, each whole and once. No more than
 * these two are in memory. One that is in the bundle with the bytes of its name is not fetched.
 */
final class ObjectCopyPipeline {

  private static final int AT_ONCE = 2;

  /** What our own writer makes at most. */
  private static final long USUAL_PACK_BYTES = 13L * 1024 * 1024;

  private final BackupStore store;
  private final BundleStore bundle;
  private final ProgressListener progress;
  private final Consumer<BundleDamage> damages;
  private final BufferPool buffers = new BufferPool(AT_ONCE * USUAL_PACK_BYTES);
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong received = new AtomicLong();

  ObjectCopyPipeline(
      BackupStore store,
      BundleStore bundle,
      ProgressListener progress,
      Consumer<BundleDamage> damages) {
    this.store = store;
    this.bundle = bundle;
    this.progress = progress;
    this.damages = damages;
  }

  /** Returns when all are copied, or when the person wants to stop. */
  void copy(Collection<Hash256> names) throws BackupStoreException, IOException {
    Queue<Hash256> left = new ConcurrentLinkedQueue<>(names);
    Callable<Boolean> worker = () -> copyAll(left, names.size());
    ExecutorService threads =
        Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().daemon().name("hikae-copy-", 0).factory());
    try (threads) {
      for (Future<Boolean> each : threads.invokeAll(Collections.nCopies(AT_ONCE, worker))) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupStoreException(RunResult.CANCELLED, "The run was interrupted.", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case BackupStoreException failed -> throw failed;
        case IOException failed -> throw failed;
        case null, default -> throw new IllegalStateException("copying an object failed", e);
      }
    } finally {
      ended.set(true);
    }
  }

  private boolean copyAll(Queue<Hash256> left, int total) throws BackupStoreException, IOException {
    boolean well = false;
    try {
      for (Hash256 name = left.poll(); name != null && !isEnded(); name = left.poll()) {
        copy(name);
        progress.packs(done.incrementAndGet(), total, received.get());
      }
      well = true;
    } finally {
      if (!well) {
        ended.set(true);
      }
    }
    return well;
  }

  private boolean isEnded() {
    return ended.get() || progress.cancelled();
  }

  private void copy(Hash256 name) throws BackupStoreException, IOException {
    if (bundle.holds(name)) {
      kept.incrementAndGet();
      return;
    }
    try {
      PackDownload fetched = PackDownload.fetch(store, name, buffers);
      received.addAndGet(fetched.received());
      bundle.put(name, fetched.object(), fetched.length());
      if (fetched.sound()) {
        written.incrementAndGet();
      } else {
        // As it came: who reads the bundle may find whole chunks in it.
        damages.accept(new BundleDamage(BundleDamage.Kind.OBJECT_DAMAGED, name.hex(), ""));
      }
      buffers.give(fetched.object());
    } catch (MissingObjectException e) {
      damages.accept(new BundleDamage(BundleDamage.Kind.OBJECT_MISSING, name.hex(), ""));
    } catch (WithheldObjectException e) {
      damages.accept(new BundleDamage(BundleDamage.Kind.OBJECT_WITHHELD, name.hex(), e.answer()));
    }
  }

  /** Objects that were in the bundle before. */
  long kept() {
    return kept.get();
  }

  /** Objects that came, whole. */
  long written() {
    return written.get();
  }

  /** Bytes that came. */
  long received() {
    return received.get();
  }
}

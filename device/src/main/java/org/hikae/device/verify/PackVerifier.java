package org.hikae.device.verify;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.sealing.ChunkOpenerPool;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.BufferPool;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.PackDownload;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Fetches packs of one series, two at a time, while those before are opened on all cores. At most
 * {@link #IN_MEMORY} are in memory. What is wrong with a pack is a finding, and so is one that is
 * withheld; what the store cannot do ends the run.
 */
final class PackVerifier implements AutoCloseable {

  private static final int FETCHED_AT_ONCE = 2;

  /** Two being fetched and two being opened. */
  private static final int IN_MEMORY = 2 * FETCHED_AT_ONCE;

  /** What our own writer makes at most. */
  private static final long USUAL_PACK_BYTES = 13L * 1024 * 1024;

  /** How often a wait looks whether the person wants to stop. */
  private static final long LOOK_MILLIS = 200;

  private final BackupStore store;
  private final SealContext context;
  private final VerificationFindings findings;
  private final VerifiedPackCache verifiedPacks;
  private final VerificationProgress verificationProgress;
  private final boolean deep;
  private final SecretBytes packKey;
  private final ChunkOpenerPool pool;
  private final Semaphore room = new Semaphore(IN_MEMORY);

  /** Arrays of packs that are done: as many as are being fetched. */
  private final BufferPool buffers = new BufferPool(FETCHED_AT_ONCE * USUAL_PACK_BYTES);

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final ExecutorService fetchers =
      Executors.newFixedThreadPool(
          FETCHED_AT_ONCE, Thread.ofPlatform().daemon().name("hikae-fetch-", 0).factory());

  PackVerifier(
      BackupStore store,
      BackupKey key,
      SealContext context,
      VerificationFindings findings,
      VerifiedPackCache verifiedPacks,
      VerificationProgress verificationProgress,
      boolean deep) {
    this.store = store;
    this.context = context;
    this.findings = findings;
    this.verifiedPacks = verifiedPacks;
    this.verificationProgress = verificationProgress;
    this.deep = deep;
    this.packKey = key.subkey(Subkey.PACK);
    this.pool = new ChunkOpenerPool(key);
  }

  /**
   * Fetches and opens packs, and returns when all are done.
   *
   * @param references what manifests say of them
   * @param keep whether sound ones are kept for reading manifests from them
   */
  void check(Collection<Hash256> packs, ManifestReferences references, boolean keep)
      throws BackupStoreException {
    for (Hash256 pack : packs) {
      acquire(1);
      fetchers.execute(() -> fetch(pack, references.noted(pack), keep));
    }
    acquire(IN_MEMORY);
    room.release(IN_MEMORY);
    verificationProgress.look();
  }

  private void fetch(Hash256 pack, ManifestReferences.PackReferences packReferences, boolean keep) {
    boolean handedOver = false;
    try {
      if (failure.get() == null) {
        PackDownload fetched =
            keep ? PackDownload.fetch(store, pack) : PackDownload.fetch(store, pack, buffers);
        verificationProgress.received(fetched.received());
        handedOver = inspect(pack, fetched, packReferences, keep);
      }
    } catch (MissingObjectException e) {
      findings.pack(pack, Damage.Kind.PACK_MISSING, "The store does not have the pack.");
    } catch (WithheldObjectException e) {
      findings.pack(pack, Damage.Kind.PACK_WITHHELD, e.ofPack());
    } catch (DamagedDataException e) {
      findings.pack(pack, Damage.Kind.PACK_DAMAGED, String.valueOf(e.getMessage()));
    } catch (BackupStoreException | RuntimeException | Error e) {
      // An error too: a pack that was not looked at must not pass for sound.
      failure.compareAndSet(null, e);
    } finally {
      if (!handedOver) {
        done();
      }
    }
  }

  /** Whether the pack is on its way through the pool, which then says when it is done. */
  private boolean inspect(
      Hash256 pack,
      PackDownload fetched,
      ManifestReferences.PackReferences packReferences,
      boolean keep)
      throws DamagedDataException {
    if (!fetched.sound()) {
      throw new DamagedDataException(
          "The bytes of the pack do not have the hash that is its name.");
    }
    byte[] object = fetched.object();
    PackReader reader = PackReader.open(packKey, context, object);
    PackBytes whole = new PackBytes(reader, object, 0, fetched.length(), true);
    List<PackReader.Listed> listed = whole.directory();
    if (keep) {
      verifiedPacks.offer(pack, object);
    }
    new PackInspection(pack, whole, listed, packReferences, findings, deep)
        .start(
            pool,
            new PackInspection.CompletionListener() {
              @Override
              public void inspected(long plainBytes) {
                verificationProgress.opened(plainBytes);
                if (!keep) {
                  buffers.give(object);
                }
                done();
              }

              @Override
              public void failed(Throwable problem) {
                failure.compareAndSet(null, problem);
              }
            });
    return true;
  }

  private void done() {
    verificationProgress.packDone();
    room.release();
  }

  private void acquire(int permits) throws BackupStoreException {
    try {
      do {
        throwFailure();
        verificationProgress.look();
      } while (!room.tryAcquire(permits, LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupStoreException(RunResult.CANCELLED, "The run was interrupted.", e);
    }
    throwFailure();
  }

  private void throwFailure() throws BackupStoreException {
    Throwable first = failure.get();
    if (first instanceof BackupStoreException refused) {
      throw refused;
    }
    if (first != null) {
      throw new IllegalStateException("looking at a pack failed", first);
    }
  }

  /** Ends all threads; returns when none is left. */
  @Override
  public void close() {
    fetchers.shutdownNow();
    fetchers.close();
    pool.close();
    packKey.close();
  }
}

package org.hikae.device.restore.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.ChunkContent;
import org.hikae.device.sealing.ChunkOpenerPool;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.BufferPool;
import org.jspecify.annotations.Nullable;

/**
 * Gets chunks ready before they are needed: packs are fetched over two connections, chunks opened
 * on all cores, and one thread takes them in the order in which it asked for them.
 *
 * <p>{@link OpeningWindow} bounds the plain bytes in memory, {@link PackQueue} the packs. Whoever
 * asks bounds how many chunks are asked for and not yet taken.
 */
public final class ChunkPipeline implements AutoCloseable {

  /** How often a wait looks whether the person wants to stop. */
  private static final long LOOK_MILLIS = 200;

  /** Most bytes of arrays that no chunk is in: lengths differ, so those of the window do not do. */
  private static final long MAX_IDLE_BYTES = 3 * OpeningWindow.AHEAD_BYTES;

  private final OpenedSnapshot snapshot;
  private final RestoreReport restoreReport;
  private final PackFetchThreads fetchThreads;

  /** Guards everything below, and what is said to be guarded by this class. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  private final PackQueue packs;
  private final ChunkOpenExecutor openExecutor;
  private final OpeningWindow window;
  private int fetching;
  private @Nullable Throwable failure;

  /** Fetches and opens what {@code snapshot} needs; the pool is closed by its owner. */
  public ChunkPipeline(
      OpenedSnapshot snapshot,
      PackFetcher fetcher,
      SealedSpool spool,
      ChunkOpenerPool pool,
      RestoreReport restoreReport) {
    this.snapshot = snapshot;
    this.restoreReport = restoreReport;
    this.packs = new PackQueue(fetcher::reuse);
    this.fetchThreads = new PackFetchThreads(fetcher, spool, new FetchResults());
    this.openExecutor =
        new ChunkOpenExecutor(pool, new BufferPool(MAX_IDLE_BYTES), new OpeningResults());
    this.window = new OpeningWindow(openExecutor);
  }

  /**
   * Counts all that is going to be asked for, so that packs come once and stay as long as they are
   * needed. Called before anything is fetched.
   */
  void expect(ManifestPass pass) {
    PackUsage usage = new PackUsage();
    try {
      pass.run(
          contents -> {
            for (ChunkRef ref : contents.chunks()) {
              snapshot.packs().find(ref.pack()).ifPresent(name -> usage.add(name, ref));
            }
          });
    } catch (DamagedDataException | BackupStoreException e) {
      // Whoever reads the records tells, when he gets there. What was counted is of use.
    }
    lock.lock();
    try {
      packs.expect(usage);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what was counted: something else is going to be asked for. */
  void expectNothing() {
    lock.lock();
    try {
      packs.expectNothing();
    } finally {
      lock.unlock();
    }
  }

  /** Asks for a chunk, after all those asked for before; {@link #fetch} begins to get them. */
  ChunkRequest want(ChunkRef ref) {
    lock.lock();
    try {
      ChunkRequest chunkRequest = window.want(ref);
      try {
        packs.want(snapshot.packs().name(ref.pack()), chunkRequest);
      } catch (DamagedDataException e) {
        chunkRequest.damaged(e);
      }
      return chunkRequest;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins to get what was asked for.
   *
   * @param all whether nothing more will be asked for soon
   */
  void fetch(boolean all) {
    locked(
        () -> {
          packs.batchEnded(all);
          window.advance();
        });
  }

  /**
   * Waits for a chunk, which must be the first of those not yet taken or dropped.
   *
   * @return for {@link #reuse} when nobody looks at its array any more
   * @throws DamagedDataException when its pack is missing or damaged, or it is another one, and no
   *     other snapshot of the series has it
   */
  ChunkContent take(ChunkRequest chunkRequest) throws DamagedDataException, BackupStoreException {
    try {
      return arrived(chunkRequest);
    } catch (DamagedDataException e) {
      return ChunkContent.of(snapshot.standIn(chunkRequest.ref()).orElseThrow(() -> e));
    }
  }

  private ChunkContent arrived(ChunkRequest chunkRequest)
      throws DamagedDataException, BackupStoreException {
    lock.lock();
    try {
      if (!chunkRequest.done()) {
        packs.waitedFor(chunkRequest.pack());
        pump();
      }
      while (!chunkRequest.done()) {
        throwFailure();
        restoreReport.checkCancelled();
        // Whether it was told or the time was up, the loop looks again.
        var _ = changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      packs.waitedFor(null);
      window.pass(chunkRequest);
      return chunkRequest.chunk();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupStoreException(RunResult.CANCELLED, "The run was interrupted.", e);
    } finally {
      lock.unlock();
    }
  }

  /** Takes the array of a chunk that was written. */
  void reuse(ChunkContent chunk) {
    openExecutor.reuse(chunk);
  }

  /** Gives a chunk up, which must be the first of those not yet taken or dropped. */
  void drop(ChunkRequest chunkRequest) {
    lock.lock();
    try {
      PackRequest pack = chunkRequest.pack();
      if (pack != null) {
        pack.unwant(chunkRequest);
        packs.settle(pack);
      }
      window.pass(chunkRequest);
      ChunkContent opened = chunkRequest.opened();
      if (opened != null) {
        openExecutor.reuse(opened);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Changes something, wakes whoever waits for a chunk, and keeps the connections busy. */
  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
      pump();
    } finally {
      lock.unlock();
    }
  }

  private void pump() {
    while (fetching < PackFetchThreads.COUNT && failure == null) {
      PackRequest pack = packs.next(fetching);
      packs.takeEvicting().forEach(this::spool);
      if (pack == null) {
        return;
      }
      fetching++;
      fetchThreads.fetch(pack, packs.range(pack));
    }
  }

  private void spool(PackRequest pack) {
    PackBytes held = pack.held();
    if (held != null) {
      fetchThreads.spool(pack, held, pack.isHeldWhole(), packs.needed(pack));
    }
  }

  /** The whole pack decides about chunks of which a part did not do. */
  private void wantAgain(PackRequest pack, List<ChunkRequest> wants) {
    packs.wantAgain(pack, wants.stream().filter(each -> !window.isPassed(each)).toList());
    window.openDue(pack);
  }

  /** How fetches ended. */
  private final class FetchResults implements PackFetchThreads.FetchListener {

    @Override
    public void whole(PackRequest pack, PackBytes whole) {
      locked(
          () -> {
            fetching--;
            packs.arrived(pack, whole);
            window.openDue(pack);
          });
    }

    @Override
    public void part(PackRequest pack, List<ChunkRequest> wants, PackBytes part) {
      locked(
          () -> {
            fetching--;
            if (packs.isPartNeeded(pack)) {
              packs.arrivedPart(pack, part);
            }
            packs.fetchEnded(pack);
            window.open(new ChunkOpenExecutor.Source(pack, entry -> part, false), wants);
            window.openDue(pack);
          });
    }

    @Override
    public void spooled(
        PackRequest pack, PackBytes held, SealedSpool.@Nullable SpooledPack entries) {
      locked(
          () -> {
            packs.left(pack, held, entries);
            window.openDue(pack);
            packs.settle(pack);
          });
    }

    @Override
    public void useless(PackRequest pack, List<ChunkRequest> wants) {
      locked(
          () -> {
            fetching--;
            wantAgain(pack, wants);
            packs.fetchEnded(pack);
          });
    }

    @Override
    public void lost(PackRequest pack, List<ChunkRequest> wants, String reason) {
      locked(
          () -> {
            fetching--;
            packs.lose(pack, wants, reason);
          });
    }

    @Override
    public void failed(Throwable problem) {
      fail(problem);
    }
  }

  /** How openings ended. */
  private final class OpeningResults implements ChunkOpenExecutor.CompletionListener {

    @Override
    public void opened(
        ChunkOpenExecutor.Source source, List<ChunkOpenExecutor.OpenedChunk> chunks) {
      locked(() -> accept(source, chunks));
    }

    @Override
    public void failed(Throwable problem) {
      fail(problem);
    }
  }

  private void accept(ChunkOpenExecutor.Source source, List<ChunkOpenExecutor.OpenedChunk> chunks) {
    PackRequest pack = source.pack();
    List<ChunkRequest> again = new ArrayList<>();
    pack.opening(-chunks.size());
    for (ChunkOpenExecutor.OpenedChunk each : chunks) {
      DamagedDataException damage = each.damage();
      ChunkContent chunk = each.chunk();
      if (chunk != null) {
        each.wanted().opened(chunk);
      } else if (damage != null && source.whole()) {
        each.wanted().damaged(damage);
      } else {
        again.add(each.wanted());
      }
    }
    if (!again.isEmpty()) {
      wantAgain(pack, again);
    }
    packs.settle(pack);
  }

  private void fail(Throwable problem) {
    locked(
        () -> {
          if (failure == null) {
            failure = problem;
          }
        });
  }

  private void throwFailure() throws BackupStoreException {
    if (failure instanceof BackupStoreException refused) {
      throw refused;
    }
    if (failure != null) {
      throw new IllegalStateException("getting a chunk failed", failure);
    }
  }

  /** Ends the connections; returns when none of their threads is left. */
  @Override
  public void close() {
    fetchThreads.close();
  }
}

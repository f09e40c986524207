package org.hikae.device.restore.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.OpenerPool;
import org.hikae.device.snapshot.OpenSnapshot;
import org.hikae.device.store.StoreException;
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

  private final OpenSnapshot snapshot;
  private final Outcome outcome;
  private final PackConnections connections;

  /** Guards everything below, and what is said to be guarded by this class. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  private final PackQueue packs = new PackQueue();
  private final OpeningWindow window;
  private int fetching;
  private @Nullable Throwable failure;

  /** Fetches and opens what {@code snapshot} needs; the pool is closed by its owner. */
  public ChunkPipeline(
      OpenSnapshot snapshot, PackFetcher fetcher, OpenerPool pool, Outcome outcome) {
    this.snapshot = snapshot;
    this.outcome = outcome;
    this.connections = new PackConnections(fetcher, new Arrived());
    this.window = new OpeningWindow(new ChunkJobs(pool, new Ended()));
  }

  /** Asks for a chunk, after all those asked for before; {@link #fetch} begins to get them. */
  Wanted want(ChunkRef ref) {
    lock.lock();
    try {
      Wanted wanted = window.want(ref);
      try {
        packs.want(snapshot.packs().name(ref.pack()), wanted);
      } catch (DamagedException e) {
        wanted.damaged(e);
      }
      return wanted;
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
   * @throws DamagedException when its pack is missing or damaged, or it is another one, and no
   *     other snapshot of the series has it
   */
  byte[] take(Wanted wanted) throws DamagedException, StoreException {
    try {
      return arrived(wanted);
    } catch (DamagedException e) {
      return snapshot.standIn(wanted.ref()).orElseThrow(() -> e);
    }
  }

  private byte[] arrived(Wanted wanted) throws DamagedException, StoreException {
    lock.lock();
    try {
      if (!wanted.done()) {
        packs.waitedFor(wanted.pack());
        pump();
      }
      while (!wanted.done()) {
        throwFailure();
        outcome.checkCancelled();
        // Whether it was told or the time was up, the loop looks again.
        var _ = changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      packs.waitedFor(null);
      window.pass(wanted);
      return wanted.bytes();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(RunResult.CANCELLED, "The run was interrupted.", e);
    } finally {
      lock.unlock();
    }
  }

  /** Gives a chunk up, which must be the first of those not yet taken or dropped. */
  void drop(Wanted wanted) {
    lock.lock();
    try {
      NeededPack pack = wanted.pack();
      if (pack != null) {
        pack.unwant(wanted);
      }
      window.pass(wanted);
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
    while (fetching < PackConnections.COUNT && failure == null) {
      NeededPack pack = packs.next(fetching);
      if (pack == null) {
        return;
      }
      fetching++;
      connections.fetch(pack, packs.part(pack));
    }
  }

  /** The whole pack decides about chunks of which a part did not do. */
  private void wantAgain(NeededPack pack, List<Wanted> wants) {
    packs.wantAgain(pack, wants.stream().filter(each -> !window.isPassed(each)).toList());
    window.openDue(pack);
  }

  /** How fetches ended. */
  private final class Arrived implements PackConnections.Arrivals {

    @Override
    public void whole(NeededPack pack, NeededPack.Held held) {
      locked(
          () -> {
            fetching--;
            packs.arrived(pack, held);
            window.openDue(pack);
          });
    }

    @Override
    public void part(NeededPack pack, List<Wanted> wants, PackFetcher.Part part) {
      locked(
          () -> {
            fetching--;
            packs.fetchEnded(pack);
            window.open(
                new ChunkJobs.Source(pack, part.reader(), part.bytes(), part.from(), false), wants);
          });
    }

    @Override
    public void useless(NeededPack pack, List<Wanted> wants) {
      locked(
          () -> {
            fetching--;
            wantAgain(pack, wants);
            packs.fetchEnded(pack);
          });
    }

    @Override
    public void lost(NeededPack pack, List<Wanted> wants, String reason) {
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
  private final class Ended implements ChunkJobs.Ending {

    @Override
    public void opened(ChunkJobs.Source source, List<ChunkJobs.Opened> chunks) {
      locked(() -> accept(source, chunks));
    }

    @Override
    public void failed(Throwable problem) {
      fail(problem);
    }
  }

  private void accept(ChunkJobs.Source source, List<ChunkJobs.Opened> chunks) {
    NeededPack pack = source.pack();
    List<Wanted> again = new ArrayList<>();
    pack.opening(-chunks.size());
    for (ChunkJobs.Opened each : chunks) {
      DamagedException damage = each.damage();
      byte[] bytes = each.bytes();
      if (bytes != null) {
        each.wanted().opened(bytes);
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

  private void throwFailure() throws StoreException {
    if (failure instanceof StoreException refused) {
      throw refused;
    }
    if (failure != null) {
      throw new IllegalStateException("getting a chunk failed", failure);
    }
  }

  /** Ends the connections; returns when none of their threads is left. */
  @Override
  public void close() {
    connections.close();
  }
}

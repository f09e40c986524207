package org.hikae.device.restore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.backup.MissingObjectException;
import org.hikae.device.backup.OpenSnapshot;
import org.hikae.device.backup.StoreException;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.OpenerPool;
import org.jspecify.annotations.Nullable;

/**
 * Gets chunks ready before they are needed: packs are fetched over two connections, chunks opened
 * on all cores, and one thread takes them in the order in which it asked for them.
 *
 * <p>Bounds: chunks are opened at most {@link #OPEN_AHEAD_BYTES} before the one that is taken next;
 * {@link PackQueue} bounds the packs in memory. Whoever asks bounds how many chunks are asked for
 * and not yet taken.
 */
final class ChunkPipeline implements AutoCloseable {

  /** Plain bytes that may be opened before they are taken. */
  static final long OPEN_AHEAD_BYTES = 8L * 1024 * 1024;

  private static final int CONNECTIONS = 2;

  /** How often a wait looks whether the person wants to stop. */
  private static final long LOOK_MILLIS = 200;

  private final OpenSnapshot snapshot;
  private final PackFetcher fetcher;
  private final Outcome outcome;
  private final ChunkJobs jobs;
  private final ExecutorService connections =
      Executors.newFixedThreadPool(
          CONNECTIONS, Thread.ofPlatform().daemon().name("hikae-fetch-", 0).factory());

  /** Guards everything below, and what is said to be guarded by this class. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  private final PackQueue packs = new PackQueue();

  /** Chunks that lie too far ahead to be opened. */
  private final Deque<Wanted> beyond = new ArrayDeque<>();

  private long wantedBytes;
  private long takenBytes;
  private int fetching;
  private @Nullable Throwable failure;

  ChunkPipeline(OpenSnapshot snapshot, PackFetcher fetcher, OpenerPool pool, Outcome outcome) {
    this.snapshot = snapshot;
    this.fetcher = fetcher;
    this.outcome = outcome;
    this.jobs =
        new ChunkJobs(
            pool,
            new ChunkJobs.Ending() {
              @Override
              public void opened(ChunkJobs.Source source, List<ChunkJobs.Opened> chunks) {
                accept(source, chunks);
              }

              @Override
              public void failed(Throwable problem) {
                fail(problem);
              }
            });
  }

  /** Asks for a chunk, after all those asked for before; {@link #fetch} begins to get them. */
  Wanted want(ChunkRef ref) {
    lock.lock();
    try {
      Wanted wanted = new Wanted(ref, wantedBytes);
      wantedBytes += ref.length();
      beyond.add(wanted);
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
    lock.lock();
    try {
      packs.batchEnded(all);
      advance();
      pump();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a chunk, which must be the first of those not yet taken or dropped.
   *
   * @throws DamagedException when its pack is missing or damaged, or it is another one
   */
  byte[] take(Wanted wanted) throws DamagedException, StoreException {
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
      passed(wanted);
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
      passed(wanted);
    } finally {
      lock.unlock();
    }
  }

  private void passed(Wanted wanted) {
    takenBytes += wanted.ref().length();
    if (beyond.peekFirst() == wanted) {
      beyond.removeFirst();
    }
    advance();
  }

  private boolean isDue(Wanted wanted) {
    return wanted.startsAt() - takenBytes < OPEN_AHEAD_BYTES;
  }

  /** Has those chunks opened that are due now and whose packs are in memory. */
  private void advance() {
    NeededPack before = null;
    for (Wanted next = beyond.peekFirst(); next != null && isDue(next); next = beyond.peekFirst()) {
      beyond.removeFirst();
      NeededPack pack = next.pack();
      if (pack != null && pack != before) {
        openDue(pack);
        before = pack;
      }
    }
  }

  private void openDue(NeededPack pack) {
    NeededPack.Held held = pack.held();
    if (held == null) {
      return;
    }
    List<Wanted> due = new ArrayList<>();
    for (Wanted next = pack.first(); next != null && isDue(next); next = pack.first()) {
      pack.unwant(next);
      due.add(next);
    }
    if (!due.isEmpty()) {
      pack.opening(due.size());
      jobs.start(new ChunkJobs.Source(pack, held.reader(), held.object(), 0, true), due);
    }
  }

  /** Keeps the connections busy. */
  private void pump() {
    while (fetching < CONNECTIONS && failure == null) {
      NeededPack pack = packs.next(fetching);
      if (pack == null) {
        return;
      }
      fetching++;
      List<Wanted> part = packs.part(pack);
      connections.execute(() -> fetch(pack, part));
    }
  }

  /** Fetches the part with these chunks, or the whole pack when there are none. */
  private void fetch(NeededPack pack, List<Wanted> part) {
    try {
      if (part.isEmpty()) {
        whole(pack, fetcher.whole(pack.name()));
      } else {
        part(pack, part, fetcher.part(pack.name(), part));
      }
    } catch (MissingObjectException e) {
      lost(pack, part, "A pack is missing from the store.");
    } catch (DamagedException e) {
      if (part.isEmpty()) {
        lost(pack, part, String.valueOf(e.getMessage()));
      } else {
        again(pack, part);
      }
    } catch (StoreException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private void whole(NeededPack pack, NeededPack.Held held) {
    lock.lock();
    try {
      fetching--;
      packs.arrived(pack, held);
      openDue(pack);
      pump();
    } finally {
      lock.unlock();
    }
  }

  private void part(NeededPack pack, List<Wanted> wants, PackFetcher.Part part) {
    lock.lock();
    try {
      fetching--;
      packs.fetchEnded(pack);
      pack.opening(wants.size());
      jobs.start(
          new ChunkJobs.Source(pack, part.reader(), part.bytes(), part.from(), false), wants);
      pump();
    } finally {
      lock.unlock();
    }
  }

  /** A part did not do, so the whole pack decides. */
  private void again(NeededPack pack, List<Wanted> wants) {
    lock.lock();
    try {
      fetching--;
      wantAgain(pack, wants);
      packs.fetchEnded(pack);
      pump();
    } finally {
      lock.unlock();
    }
  }

  private void wantAgain(NeededPack pack, List<Wanted> wants) {
    List<Wanted> still = wants.stream().filter(each -> each.startsAt() >= takenBytes).toList();
    packs.wantAgain(pack, still);
    openDue(pack);
  }

  private void lost(NeededPack pack, List<Wanted> part, String reason) {
    lock.lock();
    try {
      fetching--;
      packs.lose(pack, part, reason);
      changed.signalAll();
      pump();
    } finally {
      lock.unlock();
    }
  }

  private void accept(ChunkJobs.Source source, List<ChunkJobs.Opened> chunks) {
    lock.lock();
    try {
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
      changed.signalAll();
      pump();
    } finally {
      lock.unlock();
    }
  }

  private void fail(Throwable problem) {
    lock.lock();
    try {
      if (failure == null) {
        failure = problem;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void throwFailure() throws StoreException {
    if (failure instanceof StoreException refused) {
      throw refused;
    }
    if (failure != null) {
      throw new IllegalStateException("getting a chunk failed", failure);
    }
  }

  /** Ends the connections' threads; returns when none is left. The pool is closed by its owner. */
  @Override
  public void close() {
    connections.shutdownNow();
    connections.close();
  }
}

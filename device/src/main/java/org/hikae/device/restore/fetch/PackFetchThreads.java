package org.hikae.device.restore.fetch;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.WithheldObjectException;
import org.jspecify.annotations.Nullable;

/** The threads that fetch packs, one for each connection. */
final class PackFetchThreads implements AutoCloseable {

  /** Packs being fetched at a time. */
  static final int COUNT = 2;

  private final PackFetcher fetcher;
  private final SealedSpool spool;
  private final FetchListener fetchListener;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          COUNT, Thread.ofPlatform().daemon().name("hikae-fetch-", 0).factory());

  PackFetchThreads(PackFetcher fetcher, SealedSpool spool, FetchListener fetchListener) {
    this.fetcher = fetcher;
    this.spool = spool;
    this.fetchListener = fetchListener;
  }

  /** Is told, by one of the threads, how each fetch ended. */
  interface FetchListener {
    /** A pack is there. */
    void whole(PackRequest pack, PackBytes whole);

    /** The part of a pack with these chunks is there. */
    void part(PackRequest pack, List<ChunkRequest> wants, PackBytes part);

    /** What is needed of a pack in memory is in the spool, too; null when it takes no more. */
    void spooled(PackRequest pack, PackBytes held, SealedSpool.@Nullable SpooledPack entries);

    /** A part came that is of no use. */
    void useless(PackRequest pack, List<ChunkRequest> wants);

    /** Nothing of the pack can be had or opened, nor these chunks that were to be a part of it. */
    void lost(PackRequest pack, List<ChunkRequest> wants, String reason);

    /** The store failed, or the agent did. */
    void failed(Throwable failure);
  }

  /** What of a pack is fetched. */
  sealed interface FetchRange {
    /** The whole. */
    record WholePack() implements FetchRange {}

    /**
     * From one offset to another.
     *
     * @param wants the chunks that are waited for
     */
    record PartRange(List<ChunkRequest> wants, int from, long to) implements FetchRange {}
  }

  /** Writes entries of a pack in memory to the spool. */
  void spool(PackRequest pack, PackBytes held, boolean whole, BitSet numbers) {
    threads.execute(
        () -> {
          try {
            fetchListener.spooled(pack, held, spool.put(held, whole, numbers));
          } catch (RuntimeException | Error e) {
            fetchListener.failed(e);
          }
        });
  }

  /** Fetches a pack or a part of it. */
  void fetch(PackRequest pack, FetchRange range) {
    threads.execute(() -> run(pack, range));
  }

  private void run(PackRequest pack, FetchRange range) {
    List<ChunkRequest> part = range instanceof FetchRange.PartRange some ? some.wants() : List.of();
    try {
      switch (range) {
        case FetchRange.WholePack() -> fetchListener.whole(pack, fetcher.whole(pack.name()));
        case FetchRange.PartRange(List<ChunkRequest> wants, int from, long to) ->
            fetchListener.part(pack, wants, fetcher.part(pack.name(), from, to));
      }
    } catch (MissingObjectException e) {
      fetchListener.lost(pack, part, "A pack is missing from the store.");
    } catch (WithheldObjectException e) {
      fetchListener.lost(pack, part, e.ofPack());
    } catch (DamagedDataException e) {
      if (part.isEmpty()) {
        fetchListener.lost(pack, part, String.valueOf(e.getMessage()));
      } else {
        fetchListener.useless(pack, part);
      }
    } catch (BackupStoreException | RuntimeException | Error e) {
      // An error too: whoever waits for the pack must hear of it.
      fetchListener.failed(e);
    }
  }

  /** Ends the threads; returns when none is left. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}

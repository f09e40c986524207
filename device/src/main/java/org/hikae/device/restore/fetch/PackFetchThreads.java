package org.hikae.device.restore.fetch;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.WithheldObjectException;

/** The threads that fetch packs, one for each connection. */
final class PackFetchThreads implements AutoCloseable {

  /** Packs being fetched at a time. */
  static final int COUNT = 2;

  private final PackFetcher fetcher;
  private final FetchListener fetchListener;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          COUNT, Thread.ofPlatform().daemon().name("hikae-fetch-", 0).factory());

  PackFetchThreads(PackFetcher fetcher, FetchListener fetchListener) {
    this.fetcher = fetcher;
    this.fetchListener = fetchListener;
  }

  /** Is told, by one of the threads, how each fetch ended. */
  interface FetchListener {
    /** A pack is there. */
    void whole(PackRequest pack, PackBytes whole);

    /** The part of a pack with these chunks is there. */
    void part(PackRequest pack, List<ChunkRequest> wants, PackBytes part);

    /** A part came that is of no use. */
    void useless(PackRequest pack, List<ChunkRequest> wants);

    /** Nothing of the pack can be had or opened, nor these chunks that were to be a part of it. */
    void lost(PackRequest pack, List<ChunkRequest> wants, String reason);

    /** The store failed, or the agent did. */
    void failed(Throwable failure);
  }

  /** Fetches the part with these chunks, or the whole pack when there are none. */
  void fetch(PackRequest pack, List<ChunkRequest> part) {
    threads.execute(() -> run(pack, part));
  }

  private void run(PackRequest pack, List<ChunkRequest> part) {
    try {
      if (part.isEmpty()) {
        fetchListener.whole(pack, fetcher.whole(pack.name()));
      } else {
        fetchListener.part(pack, part, fetcher.part(pack.name(), part));
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

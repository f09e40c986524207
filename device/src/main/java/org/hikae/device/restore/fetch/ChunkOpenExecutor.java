package org.hikae.device.restore.fetch;

import java.util.ArrayList;
import java.util.List;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.ChunkContent;
import org.hikae.device.sealing.ChunkOpener;
import org.hikae.device.sealing.ChunkOpenerPool;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.store.BufferPool;
import org.jspecify.annotations.Nullable;

/** Has chunks opened by the threads of a pool. Small ones go together: handing over costs too. */
final class ChunkOpenExecutor {

  private static final int TOGETHER_BYTES = 128 * 1024;

  /**
   * Chunks of less get an array of their own. Longer ones wait for the writer for so long that the
   * collector would move each of them, and then have no room for the next.
   */
  private static final int POOLED_BYTES = 1024;

  private final ChunkOpenerPool pool;
  private final BufferPool buffers;
  private final CompletionListener completionListener;

  /** Arrays of chunks come from {@code buffers}, and go back by {@link #reuse}. */
  ChunkOpenExecutor(
      ChunkOpenerPool pool, BufferPool buffers, CompletionListener completionListener) {
    this.pool = pool;
    this.buffers = buffers;
    this.completionListener = completionListener;
  }

  /**
   * Sealed bytes that are at hand.
   *
   * @param entries where those of an entry are
   * @param whole whether they are the whole pack, so that nothing else decides about a chunk
   */
  record Source(PackRequest pack, EntrySource entries, boolean whole) {}

  /** Gives the sealed bytes of an entry. */
  @FunctionalInterface
  interface EntrySource {
    /** Bytes that have those of the entry. Called by threads of the pool. */
    PackBytes of(PackEntry entry) throws DamagedDataException;
  }

  /**
   * What became of a chunk.
   *
   * @param chunk the plain bytes
   */
  record OpenedChunk(
      ChunkRequest wanted, @Nullable ChunkContent chunk, @Nullable DamagedDataException damage) {}

  /** Is told of every chunk, by a thread of the pool. */
  interface CompletionListener {
    /** These were tried. */
    void opened(Source source, List<OpenedChunk> chunks);

    /** A defect or lack of memory. */
    void failed(Throwable failure);
  }

  /** Begins to open chunks of one pack. */
  void start(Source source, List<ChunkRequest> wants) {
    List<ChunkRequest> together = new ArrayList<>();
    int bytes = 0;
    for (ChunkRequest each : wants) {
      together.add(each);
      bytes += each.ref().entry().sealedLength();
      if (bytes >= TOGETHER_BYTES) {
        submit(source, together);
        together = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!together.isEmpty()) {
      submit(source, together);
    }
  }

  private void submit(Source source, List<ChunkRequest> wants) {
    pool.execute(
        opener -> {
          try {
            List<OpenedChunk> opened = new ArrayList<>(wants.size());
            for (ChunkRequest each : wants) {
              opened.add(open(opener, source, each));
            }
            completionListener.opened(source, opened);
          } catch (RuntimeException | Error e) {
            completionListener.failed(e);
          }
        });
  }

  private OpenedChunk open(ChunkOpener opener, Source source, ChunkRequest chunkRequest) {
    ChunkRef ref = chunkRequest.ref();
    try {
      PackBytes sealed = source.entries().of(ref.entry());
      ChunkContent chunk =
          opener.open(sealed, ref.entry(), ref.chunkId(), ref.length(), this::bufferOf);
      return new OpenedChunk(chunkRequest, chunk, null);
    } catch (DamagedDataException e) {
      return new OpenedChunk(chunkRequest, null, e);
    }
  }

  private byte[] bufferOf(int length) {
    return length < POOLED_BYTES ? new byte[length] : buffers.takeAtLeast(length);
  }

  /** Nobody looks any more at the array of a chunk. */
  void reuse(ChunkContent chunk) {
    if (chunk.bytes().length >= POOLED_BYTES) {
      buffers.give(chunk.bytes());
    }
  }
}

package org.hikae.device.restore.fetch;

import java.util.ArrayList;
import java.util.List;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.ChunkOpener;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.OpenerPool;
import org.hikae.device.sealing.PackReader;
import org.jspecify.annotations.Nullable;

/** Has chunks opened by the threads of a pool. Small ones go together: handing over costs too. */
final class ChunkJobs {

  private static final int TOGETHER_BYTES = 128 * 1024;

  private final OpenerPool pool;
  private final Ending ending;

  ChunkJobs(OpenerPool pool, Ending ending) {
    this.pool = pool;
    this.ending = ending;
  }

  /**
   * Sealed bytes that are in memory.
   *
   * @param from offset in the pack of the first of {@code bytes}
   * @param whole whether they are the whole pack
   */
  record Source(NeededPack pack, PackReader reader, byte[] bytes, int from, boolean whole) {}

  /** What became of a chunk. */
  record Opened(Wanted wanted, byte @Nullable [] bytes, @Nullable DamagedException damage) {}

  /** Is told of every chunk, by a thread of the pool. */
  interface Ending {
    /** These were tried. */
    void opened(Source source, List<Opened> chunks);

    /** A defect or lack of memory. */
    void failed(Throwable failure);
  }

  /** Begins to open chunks of one pack. */
  void start(Source source, List<Wanted> wants) {
    List<Wanted> together = new ArrayList<>();
    int bytes = 0;
    for (Wanted each : wants) {
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

  private void submit(Source source, List<Wanted> wants) {
    pool.execute(
        opener -> {
          try {
            List<Opened> opened = new ArrayList<>(wants.size());
            for (Wanted each : wants) {
              opened.add(open(opener, source, each));
            }
            ending.opened(source, opened);
          } catch (RuntimeException | Error e) {
            ending.failed(e);
          }
        });
  }

  private static Opened open(ChunkOpener opener, Source source, Wanted wanted) {
    ChunkRef ref = wanted.ref();
    try {
      int at = ref.entry().offset() - source.from();
      byte[] chunk =
          opener.open(
              source.reader(), ref.entry(), source.bytes(), at, ref.chunkId(), ref.length());
      return new Opened(wanted, chunk, null);
    } catch (DamagedException e) {
      return new Opened(wanted, null, e);
    }
  }
}

package org.hikae.device.backup.pack;

import java.io.IOException;
import org.hikae.device.manifest.TreeWriter;
import org.hikae.device.store.StoreException;

/**
 * The last stage of a run: decides which chunks are new, seals those into packs and writes the
 * manifest, all in the order of the walk. Packs and manifest therefore depend on the walk alone and
 * not on how its work was spread over threads.
 */
public final class SealingStage implements Pipeline.Stage {

  private final ChunkSink chunks;
  private final TreeWriter<StoreException> out;

  public SealingStage(ChunkSink chunks, TreeWriter<StoreException> out) {
    this.chunks = chunks;
    this.out = out;
  }

  @Override
  public void take(Batch batch) throws IOException, StoreException {
    for (Batch.Step step : batch.steps()) {
      switch (step) {
        case Batch.Written written -> out.write(written.record());
        case Batch.Known known -> {
          chunks.use(known.ref());
          out.chunk(known.ref());
        }
        case Batch.Chunk chunk -> out.chunk(chunks.store(chunk));
      }
    }
  }
}

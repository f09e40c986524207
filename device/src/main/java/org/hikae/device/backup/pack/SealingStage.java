package org.hikae.device.backup.pack;

import java.io.IOException;
import org.hikae.device.manifest.ManifestWriter;
import org.hikae.device.store.BackupStoreException;

/**
 * The last stage of a run: decides which chunks are new, seals those into packs and writes the
 * manifest, all in the order of the walk. Packs and manifest therefore depend on the walk alone and
 * not on how its work was spread over threads.
 */
public final class SealingStage implements BackupPipeline.OrderedStage {

  private final ChunkSink chunks;
  private final ManifestWriter<BackupStoreException> out;

  public SealingStage(ChunkSink chunks, ManifestWriter<BackupStoreException> out) {
    this.chunks = chunks;
    this.out = out;
  }

  @Override
  public void take(WalkBatch batch) throws IOException, BackupStoreException {
    for (WalkBatch.Step step : batch.steps()) {
      switch (step) {
        case WalkBatch.RecordStep recordStep -> out.write(recordStep.record());
        case WalkBatch.StoredChunkStep storedChunkStep -> {
          chunks.use(storedChunkStep.ref());
          out.chunk(storedChunkStep.ref());
        }
        case WalkBatch.NewChunkStep chunk -> out.chunk(chunks.store(chunk));
      }
    }
  }
}

package org.hikae.device.backup;

import java.io.IOException;
import org.hikae.device.backup.pack.BackupPipeline;
import org.hikae.device.backup.pack.WalkBatch;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.store.BackupStoreException;

/**
 * Where a walk writes its records and chunks. They are handed over in batches and reach the
 * manifest in the order in which they were written here. One instance serves one thread.
 */
public final class WalkBatchWriter implements WalkRecordSink {

  private final BackupPipeline pipeline;
  private WalkBatch batch;
  private long fileLength;

  public WalkBatchWriter(BackupPipeline pipeline) throws IOException, BackupStoreException {
    this.pipeline = pipeline;
    this.batch = pipeline.take();
  }

  /** Any record but the contents and the end of a file. */
  @Override
  public void record(ManifestRecord record) throws IOException, BackupStoreException {
    if (record instanceof ManifestRecord.FileStart || record instanceof ManifestRecord.Restart) {
      fileLength = 0;
    }
    add(new WalkBatch.RecordStep(record));
  }

  /** The next chunk of the file as it was read; the bytes are copied. */
  public void chunk(byte[] data, int offset, int length) throws IOException, BackupStoreException {
    if (!batch.hasRoom(length)) {
      handOver();
    }
    batch.add(data, offset, length);
    fileLength += length;
    handOverWhenFull();
  }

  /** The next chunk of the file is one that is stored. */
  void known(ChunkRef ref) throws IOException, BackupStoreException {
    fileLength += ref.length();
    add(new WalkBatch.StoredChunkStep(ref));
  }

  /** A hole of the file. */
  void hole(long length) throws IOException, BackupStoreException {
    fileLength += length;
    add(new WalkBatch.RecordStep(new ManifestRecord.Hole(length)));
  }

  /** The file ends. */
  void fileEnd(State state) throws IOException, BackupStoreException {
    add(new WalkBatch.RecordStep(new ManifestRecord.FileEnd(fileLength, state)));
  }

  /** Bytes of the file so far. */
  long fileLength() {
    return fileLength;
  }

  /** The stream ends; returns once everything is in the hands of the last stage or behind it. */
  @Override
  public void end() throws IOException, BackupStoreException {
    add(new WalkBatch.RecordStep(new ManifestRecord.End()));
    if (!batch.isEmpty()) {
      pipeline.hand(batch);
    }
    pipeline.finish();
  }

  private void add(WalkBatch.Step step) throws IOException, BackupStoreException {
    batch.add(step);
    handOverWhenFull();
  }

  private void handOverWhenFull() throws IOException, BackupStoreException {
    if (batch.isFull()) {
      handOver();
    }
  }

  private void handOver() throws IOException, BackupStoreException {
    pipeline.hand(batch);
    batch = pipeline.take();
  }
}

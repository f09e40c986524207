package org.hikae.device.backup;

import java.io.IOException;
import org.hikae.device.backup.pack.Batch;
import org.hikae.device.backup.pack.Pipeline;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.manifest.TreeRecord.FileEnd.State;
import org.hikae.device.store.StoreException;

/**
 * Where a walk writes its records and chunks. They are handed over in batches and reach the
 * manifest in the order in which they were written here. One instance serves one thread.
 */
public final class WalkOutput implements WalkRecords {

  private final Pipeline pipeline;
  private Batch batch;
  private long fileLength;

  public WalkOutput(Pipeline pipeline) throws IOException, StoreException {
    this.pipeline = pipeline;
    this.batch = pipeline.take();
  }

  /** Any record but the contents and the end of a file. */
  @Override
  public void record(TreeRecord record) throws IOException, StoreException {
    if (record instanceof TreeRecord.FileStart || record instanceof TreeRecord.Restart) {
      fileLength = 0;
    }
    add(new Batch.Written(record));
  }

  /** The next chunk of the file as it was read; the bytes are copied. */
  public void chunk(byte[] data, int offset, int length) throws IOException, StoreException {
    if (!batch.hasRoom(length)) {
      handOver();
    }
    batch.add(data, offset, length);
    fileLength += length;
    handOverWhenFull();
  }

  /** The next chunk of the file is one that is stored. */
  void known(ChunkRef ref) throws IOException, StoreException {
    fileLength += ref.length();
    add(new Batch.Known(ref));
  }

  /** A hole of the file. */
  void hole(long length) throws IOException, StoreException {
    fileLength += length;
    add(new Batch.Written(new TreeRecord.Hole(length)));
  }

  /** The file ends. */
  void fileEnd(State state) throws IOException, StoreException {
    add(new Batch.Written(new TreeRecord.FileEnd(fileLength, state)));
  }

  /** Bytes of the file so far. */
  long fileLength() {
    return fileLength;
  }

  /** The stream ends; returns once everything is in the hands of the last stage or behind it. */
  @Override
  public void end() throws IOException, StoreException {
    add(new Batch.Written(new TreeRecord.End()));
    if (!batch.isEmpty()) {
      pipeline.hand(batch);
    }
    pipeline.finish();
  }

  private void add(Batch.Step step) throws IOException, StoreException {
    batch.add(step);
    handOverWhenFull();
  }

  private void handOverWhenFull() throws IOException, StoreException {
    if (batch.isFull()) {
      handOver();
    }
  }

  private void handOver() throws IOException, StoreException {
    pipeline.hand(batch);
    batch = pipeline.take();
  }
}

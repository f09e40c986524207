package org.hikae.device.backup.pack;

import java.io.IOException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.sealing.ChunkFrameBytes;
import org.hikae.device.sealing.ChunkFrameEncoder;
import org.hikae.device.sealing.ChunkIdHasher;
import org.hikae.device.snapshot.ChunkIndex;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/** What can be done to a chunk before it is its turn. One instance serves one worker. */
public final class ChunkEncoder implements AutoCloseable {

  private final ChunkIdHasher ids;
  private final ChunkIndex index;
  private final ChunkFrameEncoder frames = new ChunkFrameEncoder();

  public ChunkEncoder(BackupKey key, ChunkIndex index) {
    this.ids = ChunkSink.chunkIds(key);
    this.index = index;
  }

  Hash256 id(byte[] data, int offset, int length) {
    return ids.of(data, offset, length);
  }

  /** The frame, see {@link ChunkFrameEncoder#encode}; null when the index has the chunk already. */
  @Nullable ChunkFrameBytes frame(
      Hash256 id, byte[] data, int offset, int length, byte[] out, int at)
      throws IOException, BackupStoreException {
    // Chunks are never taken out of the index: what is known now is known when its turn comes.
    return index.find(id) != null ? null : frames.encode(data, offset, length, out, at);
  }

  @Override
  public void close() {
    frames.close();
  }
}

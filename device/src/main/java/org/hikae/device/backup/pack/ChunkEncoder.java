package org.hikae.device.backup.pack;

import java.io.IOException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.sealing.ChunkIds;
import org.hikae.device.sealing.FrameBytes;
import org.hikae.device.sealing.FrameEncoder;
import org.hikae.device.snapshot.ChunkIndex;
import org.hikae.device.store.StoreException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/** What can be done to a chunk before it is its turn. One instance serves one worker. */
public final class ChunkEncoder implements AutoCloseable {

  private final ChunkIds ids;
  private final ChunkIndex index;
  private final FrameEncoder frames = new FrameEncoder();

  public ChunkEncoder(BackupKey key, ChunkIndex index) {
    this.ids = ChunkSink.chunkIds(key);
    this.index = index;
  }

  Hash256 id(byte[] data, int offset, int length) {
    return ids.of(data, offset, length);
  }

  /** The frame, see {@link FrameEncoder#encode}; null when the index has the chunk already. */
  @Nullable FrameBytes frame(Hash256 id, byte[] data, int offset, int length, byte[] out, int at)
      throws IOException, StoreException {
    // Chunks are never taken out of the index: what is known now is known when its turn comes.
    return index.find(id) != null ? null : frames.encode(data, offset, length, out, at);
  }

  @Override
  public void close() {
    frames.close();
  }
}

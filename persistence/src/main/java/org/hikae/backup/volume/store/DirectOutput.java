package org.hikae.backup.volume.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole blocks past the page cache ({@code O_DIRECT}): what is synced anyway, and not read
 * soon, needs no copy there. What does not fill a block at the end goes through the cache.
 */
final class DirectOutput implements StorageVolume.OpenOutput {

  private final Path path;
  private final FileChannel channel;
  private final DirectBuffers buffers;
  private @Nullable ByteBuffer collected;

  /**
   * Begins a file.
   *
   * @param channel opened for direct writing; closed with this output
   * @param collected a buffer of {@code buffers}; given back by {@link #close}
   */
  DirectOutput(Path path, FileChannel channel, DirectBuffers buffers, ByteBuffer collected) {
    this.path = path;
    this.channel = channel;
    this.buffers = buffers;
    this.collected = collected;
  }

  private ByteBuffer collected() throws IOException {
    if (collected == null) {
      throw new IOException("The file was closed.");
    }
    return collected;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    ByteBuffer part = collected();
    if (!part.hasRemaining()) {
      writeBlocks(part);
    }
    int count = Math.min(part.remaining(), bytes.remaining());
    part.put(part.position(), bytes, bytes.position(), count);
    part.position(part.position() + count);
    bytes.position(bytes.position() + count);
    return count;
  }

  /** Writes all whole blocks that were collected, and keeps the rest. */
  private void writeBlocks(ByteBuffer part) throws IOException {
    int end = part.position();
    int whole = end - end % DirectBuffers.ALIGNMENT;
    part.flip().limit(whole);
    while (part.hasRemaining()) {
      channel.write(part);
    }
    part.limit(end);
    part.compact();
  }

  @Override
  public void sync() throws IOException {
    ByteBuffer part = collected();
    writeBlocks(part);
    if (part.position() > 0) {
      part.flip();
      try (FileChannel cached = FileChannel.open(path, StandardOpenOption.WRITE)) {
        cached.position(channel.position());
        while (part.hasRemaining()) {
          cached.write(part);
        }
      }
      part.clear();
    }
    // fdatasync: it covers the file's length, and nobody needs its times. It syncs the whole file,
    // whichever descriptor wrote to it.
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    ByteBuffer part = collected;
    collected = null;
    if (part != null) {
      buffers.giveBack(part);
    }
    channel.close();
  }
}

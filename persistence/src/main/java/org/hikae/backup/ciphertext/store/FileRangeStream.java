package org.hikae.backup.ciphertext.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.hikae.backup.volume.store.StorageVolume;

/**
 * A range of a file. The file stays open, and so readable, when its object is deleted or replaced
 * meanwhile. It ends with an {@link IOException}, never early, when the file is shorter.
 */
final class FileRangeStream extends InputStream {

  /** Read at once; the channel keeps a buffer outside the heap of this size for each thread. */
  static final int PART_BYTES = 256 * 1024;

  private final StorageVolume.OpenInput file;
  private long next;
  private long left;

  FileRangeStream(StorageVolume.OpenInput file, long offset, long length) {
    this.file = file;
    this.next = offset;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int wanted = (int) Math.min(Math.min(length, left), PART_BYTES);
    int count = file.read(ByteBuffer.wrap(target, offset, wanted), next);
    if (count < 0) {
      throw new EOFException("The file of an object is shorter than it was.");
    }
    next += count;
    left -= count;
    return count;
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    byte[] part = new byte[(int) Math.min(left, PART_BYTES)];
    long transferred = 0;
    while (left > 0) {
      int count = read(part, 0, part.length);
      out.write(part, 0, count);
      transferred += count;
    }
    return transferred;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

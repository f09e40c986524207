package org.hikae.backup.bucket.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Exactly so many bytes of a stream, which fails when it ends before. Closing it does nothing. */
final class ExactStream extends InputStream {

  private final InputStream bytes;
  private long left;

  ExactStream(InputStream bytes, long length) {
    this.bytes = bytes;
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
    int count = bytes.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("The object ended early.");
    }
    left -= count;
    return count;
  }
}

package org.hikae.vault.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Lets a reader wait for a frame's first byte, with one time limit, before reading it whole. */
final class FirstByteInputStream extends InputStream {

  private final InputStream in;
  private int first = -1;

  FirstByteInputStream(InputStream in) {
    this.in = in;
  }

  void await() throws IOException {
    first = in.read();
    if (first < 0) {
      throw new EOFException("The peer closed the connection.");
    }
  }

  @Override
  public int read() throws IOException {
    if (first >= 0) {
      int value = first;
      first = -1;
      return value;
    }
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0 && first >= 0) {
      bytes[offset] = (byte) read();
      return 1;
    }
    return in.read(bytes, offset, length);
  }
}

package org.hikae.backup.ciphertext.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes that an object gets, in memory or from a stream that is read once. */
public sealed interface ObjectContent {

  /** How many bytes there are. */
  long length();

  /** The bytes from the beginning; of a stream only once. */
  InputStream open() throws IOException;

  /** Bytes in memory. */
  static ObjectContent of(byte[] bytes) {
    return new InMemory(bytes);
  }

  /** Exactly {@code length} bytes of a stream. */
  static ObjectContent of(long length, InputStream bytes) {
    return new Streamed(length, bytes);
  }

  /** Bytes in memory, which can be read again. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record InMemory(byte[] bytes) implements ObjectContent {

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** Bytes of a stream, which fails or ends early when its source does. */
  record Streamed(long length, InputStream bytes) implements ObjectContent {

    @Override
    public InputStream open() {
      return bytes;
    }
  }
}

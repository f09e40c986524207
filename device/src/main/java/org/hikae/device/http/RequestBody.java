package org.hikae.device.http;

import java.nio.file.Path;

/** What a call sends; it can be sent again. */
public sealed interface RequestBody {

  /** How many bytes. */
  int length();

  /**
   * Bytes in memory.
   *
   * @param bytes begins with them
   * @param length how many there are
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] bytes, int length) implements RequestBody {

    /** A whole array. */
    public Bytes(byte[] bytes) {
      this(bytes, bytes.length);
    }
  }

  /**
   * A file that is read while it is sent; when that fails, sending ends with an {@link
   * java.io.UncheckedIOException}.
   *
   * @param length its length, which it keeps meanwhile
   */
  record InFile(Path file, int length) implements RequestBody {}
}

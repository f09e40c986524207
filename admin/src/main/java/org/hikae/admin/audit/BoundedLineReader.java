package org.hikae.admin.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/** Reads lines of bounded length and hashes all of them but the last. */
final class BoundedLineReader {

  /** Longest line, in bytes. */
  static final int MAX_BYTES = 1 << 16;

  private final InputStream in;
  private final MessageDigest digest = Hash256.newDigest();
  private byte @Nullable [] pending;
  private long number;

  BoundedLineReader(InputStream in) throws IOException {
    this.in = in;
    this.pending = read();
  }

  /** The next line without its end; null behind the last one. */
  @Nullable String next() throws IOException {
    byte[] line = pending;
    if (line == null) {
      return null;
    }
    number++;
    pending = read();
    if (pending != null) {
      digest.update(line);
    }
    boolean ended = line.length > 0 && line[line.length - 1] == '\n';
    return new String(line, 0, line.length - (ended ? 1 : 0), StandardCharsets.UTF_8);
  }

  /** Whether the line that was read last is the last one. */
  boolean isLast() {
    return pending == null;
  }

  /** Number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /** Hash of all lines before the last. To be called once, behind it. */
  Hash256 hash() {
    return Hash256.of(digest.digest());
  }

  private byte @Nullable [] read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      line.write(next);
      if (next == '\n') {
        return line.toByteArray();
      }
      if (line.size() > MAX_BYTES) {
        throw new IOException("line " + (number + 1) + " is too long for an export");
      }
    }
    return line.size() == 0 ? null : line.toByteArray();
  }
}

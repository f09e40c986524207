package org.hikae.backup.service;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.control.ReceivedBody;
import org.hikae.hk1.Hash256;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * The body of an object that is too large for memory: received into a file of this server while it
 * is hashed, under the same conditions as {@link ReceivedBody}. It costs {@link #PART_BYTES} of
 * memory and no connection of the database, however large the object and slow its sender (ADR 24).
 * On Unix the file has no name once it is open, so that not even a killed server leaves it behind.
 */
final class SpooledBody implements AutoCloseable {

  /** Most bytes moved at once. */
  static final int PART_BYTES = 64 * 1024;

  private final FileChannel file;
  private final long length;

  private SpooledBody(FileChannel file, long length) {
    this.file = file;
    this.length = length;
  }

  /** Receives exactly {@code length} bytes whose SHA-256 is {@code name}, or keeps nothing. */
  static SpooledBody receive(InputStream body, long length, Hash256 name) {
    SpooledBody spooled = new SpooledBody(newFile(), length);
    try {
      spooled.fill(body, name);
    } catch (RuntimeException e) {
      spooled.close();
      throw e;
    }
    return spooled;
  }

  /** In the server's own folder, where there is one: the system's may lie in memory. */
  private static FileChannel newFile() {
    String folder =
        System.getProperty("jboss.server.temp.dir", System.getProperty("java.io.tmpdir", ""));
    try {
      Path path = Files.createTempFile(Path.of(folder), "hikae-object-", null);
      return FileChannel.open(path, READ, WRITE, DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void fill(InputStream body, Hash256 name) {
    MessageDigest hash = Hash256.newDigest();
    byte[] part = new byte[PART_BYTES];
    for (long left = length; left > 0; ) {
      int count = read(body, part, (int) Math.min(left, PART_BYTES));
      if (count < 0) {
        throw Refusal.of(ProblemCode.TRUNCATED);
      }
      hash.update(part, 0, count);
      write(ByteBuffer.wrap(part, 0, count));
      left -= count;
    }
    if (read(body, part, 1) >= 0) {
      throw Refusal.malformed("The body is longer than its Content-Length.");
    }
    if (!Hash256.of(hash.digest()).equals(name)) {
      throw Refusal.of(ProblemCode.NAME_MISMATCH);
    }
  }

  private static int read(InputStream body, byte[] part, int most) {
    try {
      return body.read(part, 0, most);
    } catch (IOException e) {
      // The sender went away; nobody will read this answer, and nothing is kept.
      throw Refusal.of(ProblemCode.TRUNCATED);
    }
  }

  private void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static CiphertextStoreException failed(IOException e) {
    return new CiphertextStoreException("An object could not be received into a file.", e);
  }

  /** How many bytes there are. */
  long length() {
    return length;
  }

  /** The bytes; one reader at a time, which need not close it. */
  InputStream fromTheBeginning() throws IOException {
    return new FilterInputStream(Channels.newInputStream(file.position(0))) {
      // The channel keeps a buffer outside the heap for each thread, as large as what is asked for.
      @Override
      public int read(byte[] target, int offset, int count) throws IOException {
        return super.read(target, offset, Math.min(count, PART_BYTES));
      }
    };
  }

  /** Gives the file up. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}

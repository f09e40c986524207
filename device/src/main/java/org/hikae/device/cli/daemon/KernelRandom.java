package org.hikae.device.cli.daemon;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * Randomness of the kernel, read as {@code SecureRandom} reads it, without the providers that Java
 * looks for first: they take a client longer than all else that it does.
 */
final class KernelRandom implements RandomGenerator {

  private static final String DEVICE = "/dev/urandom";

  @Override
  public long nextLong() {
    byte[] bytes = new byte[Long.BYTES];
    nextBytes(bytes);
    return ByteBuffer.wrap(bytes).getLong();
  }

  @Override
  public void nextBytes(byte[] bytes) {
    try (InputStream in = new FileInputStream(DEVICE)) {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw new EOFException(DEVICE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

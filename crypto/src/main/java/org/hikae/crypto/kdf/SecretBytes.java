package org.hikae.crypto.kdf;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Bytes that must not be seen: a password, a key, a seed.
 *
 * <p>Guarantees: {@link #toString} shows no content; {@link #equals} takes the same time wherever
 * the bytes differ; {@link #close} overwrites the bytes, and every later use is an {@link
 * IllegalStateException} rather than a silent key of zeros. Not guaranteed: that no other copy
 * exists, because the collector may have moved the array and {@link #expose} hands out copies. Safe
 * for use by several threads.
 */
public final class SecretBytes implements AutoCloseable {

  private final byte[] bytes;
  private boolean destroyed;

  private SecretBytes(byte[] owned) {
    this.bytes = owned;
  }

  /** Holds a copy of {@code source}, which stays as it is. */
  public static SecretBytes copyOf(byte[] source) {
    return new SecretBytes(source.clone());
  }

  /** Holds a copy of {@code source} and overwrites {@code source} with zeros. */
  public static SecretBytes take(byte[] source) {
    SecretBytes taken = copyOf(source);
    Arrays.fill(source, (byte) 0);
    return taken;
  }

  /** Draws {@code length} bytes. */
  public static SecretBytes random(SecureRandom random, int length) {
    byte[] drawn = new byte[length];
    random.nextBytes(drawn);
    return new SecretBytes(drawn);
  }

  /** How many bytes there are; known also after {@link #close}. */
  public int length() {
    return bytes.length;
  }

  /**
   * A copy of the content. The one way to read it: each call is a place to review, and the caller
   * overwrites the copy as soon as it can.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized byte[] expose() {
    requireAlive();
    return bytes.clone();
  }

  /** An independent copy with a life of its own. */
  public SecretBytes copy() {
    return new SecretBytes(expose());
  }

  /** Overwrites the content. Closing twice is harmless. */
  @Override
  public synchronized void close() {
    Arrays.fill(bytes, (byte) 0);
    destroyed = true;
  }

  private void requireAlive() {
    if (destroyed) {
      throw new IllegalStateException("This secret was destroyed.");
    }
  }

  /** Compares content in constant time; the lengths are not secret. Both secrets must be alive. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes that && MessageDigest.isEqual(expose(), that.expose());
  }

  /** Depends on the length only: a hash of the content would be a way to test guesses. */
  @Override
  public int hashCode() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "SecretBytes(REDACTED)";
  }
}

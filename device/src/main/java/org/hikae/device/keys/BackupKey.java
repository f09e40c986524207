package org.hikae.device.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;

/**
 * K of one set and generation (spec HK1-K-01, HK1-K-02): 32 bytes from which every other key of the
 * backup follows. Whoever has it can open everything. It shows nothing of itself and is gone after
 * {@link #close}.
 */
public final class BackupKey implements AutoCloseable {

  private final byte[] setId;
  private final long generation;
  private final SecretBytes secret;

  private BackupKey(byte[] setId, long generation, SecretBytes secret) {
    if (setId.length != Hk1Constants.ID_BYTES || secret.length() != Hk1Constants.HASH_BYTES) {
      throw new IllegalArgumentException("setId has 16 bytes and K has 32");
    }
    if (generation < 1 || generation > 0xffff_ffffL) {
      throw new IllegalArgumentException("generation (" + generation + ") must be 1 to 2^32-1");
    }
    this.setId = setId.clone();
    this.generation = generation;
    this.secret = secret;
  }

  /** Draws a new K. */
  public static BackupKey generate(byte[] setId, long generation, SecureRandom random) {
    return new BackupKey(setId, generation, SecretBytes.random(random, Hk1Constants.HASH_BYTES));
  }

  /** Takes a known K; {@code secret} is copied. */
  public static BackupKey of(byte[] setId, long generation, SecretBytes secret) {
    return new BackupKey(setId, generation, secret.copy());
  }

  /** The backup set, 16 bytes. */
  public byte[] setId() {
    return setId.clone();
  }

  /** Generation of K, from 1. */
  public long generation() {
    return generation;
  }

  /** A copy of K itself, to be kept in the device's key file; the caller closes it. */
  public SecretBytes secret() {
    return secret.copy();
  }

  /** A subkey of 32 bytes; the caller closes it. */
  public SecretBytes subkey(Subkey subkey) {
    byte[] info = ("HK1/" + subkey.label()).getBytes(StandardCharsets.US_ASCII);
    return Hkdf.derive(setId, secret, info, Hk1Constants.HASH_BYTES);
  }

  /**
   * The key that may replace, freeze or delete what belongs to the set, without any guess (spec
   * HK1-K-02). The same on every device that has K.
   */
  public SigningKey ownerKey(SecureRandom random) {
    try (SecretBytes seed = subkey(Subkey.OWNER)) {
      return SigningKey.fromSeed(seed, "HK1 owner", random);
    }
  }

  /** An independent copy with a life of its own. */
  public BackupKey copy() {
    return new BackupKey(setId, generation, secret.copy());
  }

  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return "BackupKey(set " + TextCodec.hex(setId) + ", generation " + generation + ", REDACTED)";
  }
}

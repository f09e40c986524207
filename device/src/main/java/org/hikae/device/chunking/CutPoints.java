package org.hikae.device.chunking;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.hikae.crypto.CryptoDefect;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AllowForbidden;

/**
 * The keyed rule of the cuts (spec HK1-C-02; eprint 2025/558, hash-then-AES): the last 64 bytes,
 * read as a polynomial at a secret point modulo 2^61 - 1, are encrypted with AES-256; a cut lies
 * where the result is small. Rolling hashes with secret tables leak their key through the cuts; the
 * block cipher is what prevents that. One instance serves one thread.
 */
final class CutPoints {

  /** Bytes that decide about a cut. */
  static final int WINDOW = 64;

  /**
   * A cut lies where the first 32 bits are below this: on average every 768 KiB after the minimum.
   */
  static final long THRESHOLD = (1L << 32) / (768 * 1024);

  private static final long PRIME = (1L << 61) - 1;
  private static final int BLOCK = 16;
  private static final int BATCH = 1024;

  private final long point;
  private final long[] leaving = new long[256];
  private final Cipher aes;
  private final byte[] blocks = new byte[BATCH * BLOCK];
  private final byte[] sealed = new byte[BATCH * BLOCK];

  /** Derives point and AES key from the {@code cdc} subkey. */
  CutPoints(SecretBytes cdcKey) {
    byte[] info = "HK1 cdc".getBytes(StandardCharsets.US_ASCII);
    byte[] okm;
    try (SecretBytes derived = Hkdf.derive(new byte[0], cdcKey, info, 40)) {
      okm = derived.expose();
    }
    // 0 and 1 would make a poor hash; they occur with probability 2^-60.
    point = 2 + (ByteBuffer.wrap(okm, 32, 8).getLong() & PRIME) % (PRIME - 2);
    aes = cipher(Arrays.copyOf(okm, 32));
    Arrays.fill(okm, (byte) 0);
    long power = 1;
    for (int i = 0; i < WINDOW; i++) {
      power = multiply(power, point);
    }
    for (int b = 0; b < 256; b++) {
      // A byte counts as its value plus 1, so that runs of zeros have a hash of their own.
      leaving[b] = (PRIME - multiply(b + 1, power)) % PRIME;
    }
  }

  @AllowForbidden("Single blocks of AES as a pseudo-random function; nothing is encrypted here.")
  private static Cipher cipher(byte[] key) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new CryptoDefect("AES-256 of the JDK refused a key of 32 bytes.", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * The first position in {@code [from, to)} after which there is a cut.
   *
   * @param from at least {@link #WINDOW} bytes after the start of the data
   * @return length of the chunk from 0, or -1 when there is no cut
   */
  int find(byte[] data, int from, int to) {
    long hash = 0;
    for (int i = from - WINDOW; i < from; i++) {
      hash = add(multiply(hash, point), (data[i] & 0xff) + 1);
    }
    int at = from;
    while (at < to) {
      int count = Math.min(BATCH, to - at);
      for (int i = 0; i < count; i++) {
        putLong(blocks, i * BLOCK, hash);
        int next = at + i;
        if (next < data.length) {
          hash = add(multiply(hash, point), (data[next] & 0xff) + 1);
          hash = add(hash, leaving[data[next - WINDOW] & 0xff]);
        }
      }
      encrypt(count);
      for (int i = 0; i < count; i++) {
        if (firstBits(sealed, i * BLOCK) < THRESHOLD) {
          return at + i;
        }
      }
      at += count;
    }
    return -1;
  }

  private void encrypt(int count) {
    try {
      int done = aes.update(blocks, 0, count * BLOCK, sealed, 0);
      assert done == count * BLOCK;
    } catch (ShortBufferException e) {
      throw new CryptoDefect("AES of the JDK gave more than it got.", e);
    }
  }

  private static void putLong(byte[] into, int at, long value) {
    for (int i = 0; i < 8; i++) {
      into[at + i] = (byte) (value >>> (56 - 8 * i));
    }
  }

  private static long firstBits(byte[] from, int at) {
    return (from[at] & 0xffL) << 24
        | (from[at + 1] & 0xffL) << 16
        | (from[at + 2] & 0xffL) << 8
        | (from[at + 3] & 0xffL);
  }

  private static long add(long a, long b) {
    long sum = a + b;
    return sum >= PRIME ? sum - PRIME : sum;
  }

  /** Product modulo 2^61 - 1 of two numbers below it. */
  static long multiply(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    long sum = (low & PRIME) + ((high << 3) | (low >>> 61));
    return sum >= PRIME ? sum - PRIME : sum;
  }
}

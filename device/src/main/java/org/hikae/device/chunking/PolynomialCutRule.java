package org.hikae.device.chunking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.SecretBytes;

/**
 * The rule of chunker 1 (spec HK1-M-06; eprint 2025/558, hash-then-AES): the last 64 bytes, read as
 * a polynomial at a secret point modulo 2^61 - 1, are encrypted with AES-256; a cut lies where the
 * result is small. Rolling hashes with secret tables leak their key through the cuts; the block
 * cipher is what prevents that. One instance serves one thread.
 */
final class PolynomialCutRule implements CutRule {

  /** Bytes that decide about a cut. */
  static final int WINDOW = 64;

  /**
   * A cut lies where the first 32 bits are below this: on average every 768 KiB after the minimum.
   */
  static final int THRESHOLD = (int) ((1L << 32) / (768 * 1024));

  private static final long PRIME = (1L << 61) - 1;
  private static final int BLOCK = BlockCipher.BLOCK;

  /** Positions looked at together, in stretches whose hashes do not wait for each other. */
  private static final int BATCH = 4096;

  private static final int STRETCH = BATCH / 4;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final long point;
  private final long[] outTerms = new long[256];
  private final BlockCipher aes;
  private final byte[] blocks = new byte[BATCH * BLOCK];
  private final byte[] sealed = new byte[BATCH * BLOCK];

  /** Derives point and AES key from the {@code cdc} subkey. */
  PolynomialCutRule(SecretBytes cdcKey) {
    byte[] info = "HK1 cdc".getBytes(StandardCharsets.US_ASCII);
    byte[] okm;
    try (SecretBytes derived = Hkdf.derive(new byte[0], cdcKey, info, 40)) {
      okm = derived.expose();
    }
    // 0 and 1 would make a poor hash; they occur with probability 2^-60.
    point = 2 + (ByteBuffer.wrap(okm, 32, 8).getLong() & PRIME) % (PRIME - 2);
    aes = new BlockCipher(Arrays.copyOf(okm, 32));
    Arrays.fill(okm, (byte) 0);
    long power = 1;
    for (int i = 0; i < WINDOW; i++) {
      power = multiply(power, point);
    }
    for (int b = 0; b < 256; b++) {
      // A byte counts as its value plus 1, so that runs of zeros have a hash of their own.
      outTerms[b] = (PRIME - multiply(b + 1, power)) % PRIME;
    }
  }

  @Override
  public int find(byte[] data, int from, int to) {
    int at = from;
    while (at < to) {
      int count = Math.min(BATCH, to - at);
      if (count == BATCH) {
        hashStretches(data, at);
      } else {
        hashOneByOne(data, at, count);
      }
      aes.encrypt(blocks, 0, count * BLOCK, sealed);
      for (int i = 0; i < count; i++) {
        if (Integer.compareUnsigned((int) INT.get(sealed, i * BLOCK), THRESHOLD) < 0) {
          return at + i;
        }
      }
      at += count;
    }
    return -1;
  }

  private void hashOneByOne(byte[] data, int at, int count) {
    long hash = 0;
    for (int i = at - WINDOW; i < at; i++) {
      hash = enter(hash, data[i]);
    }
    for (int i = 0; i < count; i++) {
      LONG.set(blocks, i * BLOCK, canonical(hash));
      hash = roll(hash, data[at + i], data[at + i - WINDOW]);
    }
  }

  /**
   * The same for a whole batch. Each hash waits for the one before it; four stretches at a time
   * keep the processor busy meanwhile.
   */
  private void hashStretches(byte[] data, int at) {
    int at1 = at + STRETCH;
    int at2 = at1 + STRETCH;
    int at3 = at2 + STRETCH;
    long hash0 = 0;
    long hash1 = 0;
    long hash2 = 0;
    long hash3 = 0;
    for (int i = -WINDOW; i < 0; i++) {
      hash0 = enter(hash0, data[at + i]);
      hash1 = enter(hash1, data[at1 + i]);
      hash2 = enter(hash2, data[at2 + i]);
      hash3 = enter(hash3, data[at3 + i]);
    }
    for (int i = 0; i < STRETCH; i++) {
      LONG.set(blocks, i * BLOCK, canonical(hash0));
      LONG.set(blocks, (i + STRETCH) * BLOCK, canonical(hash1));
      LONG.set(blocks, (i + 2 * STRETCH) * BLOCK, canonical(hash2));
      LONG.set(blocks, (i + 3 * STRETCH) * BLOCK, canonical(hash3));
      hash0 = roll(hash0, data[at + i], data[at + i - WINDOW]);
      hash1 = roll(hash1, data[at1 + i], data[at1 + i - WINDOW]);
      hash2 = roll(hash2, data[at2 + i], data[at2 + i - WINDOW]);
      hash3 = roll(hash3, data[at3 + i], data[at3 + i - WINDOW]);
    }
  }

  private long enter(long hash, byte entering) {
    return fold(product(hash, point) + (entering & 0xff) + 1);
  }

  private long roll(long hash, byte entering, byte leaves) {
    return fold(product(hash, point) + (entering & 0xff) + 1 + outTerms[leaves & 0xff]);
  }

  /** A product modulo 2^61 - 1, not reduced to the end: below 2^62. */
  private static long product(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    return (low & PRIME) + ((high << 3) | (low >>> 61));
  }

  /** Brings a sum below 2^63 to at most three above the prime; {@link #canonical} does the rest. */
  private static long fold(long sum) {
    return (sum & PRIME) + (sum >>> 61);
  }

  private static long canonical(long folded) {
    return folded >= PRIME ? folded - PRIME : folded;
  }

  /** Product modulo 2^61 - 1 of two numbers below it. */
  static long multiply(long a, long b) {
    return canonical(fold(product(a, b)));
  }
}

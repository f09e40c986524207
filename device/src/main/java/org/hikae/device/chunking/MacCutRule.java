package org.hikae.device.chunking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.SecretBytes;

/**
 * The rule of chunker 2 (spec HK1-M-06). AES-256 of the last 16 bytes says which positions are
 * candidates, one in 256. CBC-MAC of the last 64 bytes, under another key, says which candidates
 * are cuts, one in 3072. Both are pseudo-random functions of the bytes themselves, so that cuts
 * tell nothing about the keys, nor about windows that end otherwise than those that were seen.
 *
 * <p>Nearly all work is the first step. Windows overlap, blocks of a cipher do not: sixteen passes
 * over the same bytes, each of which begins a byte later than the one before it, encrypt them all.
 * A pass is one call over many blocks that do not wait for each other.
 */
final class MacCutRule implements CutRule {

  /** Bytes that decide about a cut. */
  static final int WINDOW = 64;

  /** A cut has the first 32 bits of its MAC below this. */
  static final int THRESHOLD = (int) ((1L << 32) / 3072);

  /** Positions looked at together: what a cut lets be encrypted for nothing is less than this. */
  static final int BATCH = 8 * 1024;

  /** Candidates of which MACs are computed together. */
  private static final int GROUP = 64;

  private static final int KEY_BYTES = 32;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final BlockCipher candidateCipher;
  private final BlockCipher macCipher;
  private final byte[] sealed = new byte[BATCH];
  private final int[] candidates = new int[BATCH];
  private final byte[] state = new byte[GROUP * BlockCipher.BLOCK];
  private final byte[] links = new byte[GROUP * BlockCipher.BLOCK];

  /** Derives both keys from the {@code cdc} subkey. */
  MacCutRule(SecretBytes cdcKey) {
    byte[] info = "HK1 cdc 2".getBytes(StandardCharsets.US_ASCII);
    try (SecretBytes derived = Hkdf.derive(new byte[0], cdcKey, info, 2 * KEY_BYTES)) {
      byte[] okm = derived.expose();
      candidateCipher = new BlockCipher(Arrays.copyOf(okm, KEY_BYTES));
      macCipher = new BlockCipher(Arrays.copyOfRange(okm, KEY_BYTES, 2 * KEY_BYTES));
      Arrays.fill(okm, (byte) 0);
    }
  }

  @Override
  public int find(byte[] data, int from, int to) {
    int at = from;
    while (at < to) {
      int count = Math.min(BATCH, to - at);
      int found = firstCut(data, withoutRepeats(data, candidates(data, at, count)));
      if (found >= 0) {
        return found;
      }
      at += count;
    }
    return -1;
  }

  /** Notes the candidates among so many positions from {@code at} on; gives their number. */
  private int candidates(byte[] data, int at, int count) {
    int found = 0;
    for (int pass = 0; pass < Math.min(BlockCipher.BLOCK, count); pass++) {
      // Block i of a pass is what lies before position at + pass + 16 i.
      int blocks = (count - pass + BlockCipher.BLOCK - 1) / BlockCipher.BLOCK;
      int length = blocks * BlockCipher.BLOCK;
      candidateCipher.encrypt(data, at + pass - BlockCipher.BLOCK, length, sealed);
      for (int i = 0; i < length; i += BlockCipher.BLOCK) {
        if (sealed[i] == 0) {
          candidates[found++] = at + pass + i;
        }
      }
    }
    return found;
  }

  /**
   * Leaves out candidates whose window is that of an earlier one: none of them is the first cut. In
   * a run of zeros each position may be a candidate, and MACs of them all would take most of the
   * time.
   */
  private int withoutRepeats(byte[] data, int count) {
    int left = Math.min(count, 1);
    for (int i = 1; i < count; i++) {
      int earlier = candidates[left - 1];
      int later = candidates[i];
      boolean repeats =
          later > earlier
              && Arrays.equals(data, later - WINDOW, later, data, earlier - WINDOW, earlier);
      if (!repeats) {
        candidates[left++] = later;
      }
    }
    return left;
  }

  /** The first cut among so many candidates, which are in no order, or -1. */
  private int firstCut(byte[] data, int count) {
    int first = -1;
    for (int from = 0; from < count; from += GROUP) {
      int size = Math.min(GROUP, count - from);
      computeMacs(data, from, size);
      for (int i = 0; i < size; i++) {
        int position = candidates[from + i];
        boolean cut =
            Integer.compareUnsigned((int) INT.get(state, i * BlockCipher.BLOCK), THRESHOLD) < 0;
        if (cut && (first < 0 || position < first)) {
          first = position;
        }
      }
    }
    return first;
  }

  /** Leaves the MACs of a group in {@link #state}. Its candidates do not wait for each other. */
  private void computeMacs(byte[] data, int from, int size) {
    int length = size * BlockCipher.BLOCK;
    Arrays.fill(state, 0, length, (byte) 0);
    for (int block = WINDOW; block > 0; block -= BlockCipher.BLOCK) {
      for (int i = 0; i < size; i++) {
        int source = candidates[from + i] - block;
        int target = i * BlockCipher.BLOCK;
        combine(data, source, target);
        combine(data, source + Long.BYTES, target + Long.BYTES);
      }
      macCipher.encrypt(links, 0, length, state);
    }
  }

  private void combine(byte[] data, int source, int target) {
    LONG.set(links, target, (long) LONG.get(state, target) ^ (long) LONG.get(data, source));
  }
}

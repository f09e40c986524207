package org.hikae.vault.exploration.system;

import java.security.SecureRandom;

/** Dice whose next throw is a number that can be set back. No two throws are the same. */
final class CountingRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;
  private static final long STEP = 0x9e3779b97f4a7c15L;

  /** Number of the next throw. */
  long next = 1;

  @Override
  public void nextBytes(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i % Long.BYTES == 0) {
        next++;
      }
      bytes[i] = (byte) (mixed(next) >>> (8 * (i % Long.BYTES)));
    }
  }

  private static long mixed(long number) {
    long x = number * STEP;
    x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}

package org.hikae.device.run;

import java.util.Optional;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.backup.wire.ChangeLevel;
import org.hikae.backup.wire.EntropyKind;

/**
 * Counts how a backup differs from the snapshot before, and says it as coarsely as the portal may
 * know it (spec HK1-R-20). The counts themselves never leave this class. One instance serves one
 * thread.
 */
public final class ChangeCounter {

  /** What is looked at of the beginning of a file. */
  public static final int HEAD_BYTES = 4096;

  /** Less than this says too little. */
  private static final int LEAST_HEAD_BYTES = 1024;

  /** Of fewer files a step would nearly be a number of files. */
  private static final long LEAST_FILES = 100;

  private static final int BYTE_VALUES = 256;

  /**
   * Random bytes stay below it but once in a million files: the statistic has 255 degrees of
   * freedom, so its mean is 255 and its deviation 23.
   */
  private static final long MOST_CHI_SQUARED = 380;

  private long before;
  private long met;
  private long changed;
  private long sampled;
  private long random;

  /** What is compared with: a snapshot of so many regular files; 0 when there is none. */
  public void against(long files) {
    startOver();
    before = files;
  }

  /** A file was found that the snapshot before has under the same name. */
  public void met() {
    met++;
  }

  /**
   * A file was read because it is new or changed.
   *
   * @param known whether the snapshot before has one of that name
   * @param head its first bytes, at most {@link #HEAD_BYTES}
   */
  public void read(boolean known, byte[] head) {
    changed += known ? 1 : 0;
    if (head.length >= LEAST_HEAD_BYTES) {
      sampled++;
      random += looksRandom(head) ? 1 : 0;
    }
  }

  /** Nothing is compared any more. */
  void startOver() {
    before = 0;
    met = 0;
    changed = 0;
    sampled = 0;
    random = 0;
  }

  /** What may be told; empty when there was nothing to compare with, or too little. */
  public Optional<ChangeFigures> figures() {
    return before < LEAST_FILES ? Optional.empty() : Optional.of(steps());
  }

  /**
   * Whether it looks as if malware encrypted files: a fifth of them or more is changed or gone, and
   * what is there instead looks random. For the person at the device only, who is told without any
   * word of the portal's, so it says so of few files, too.
   */
  public boolean looksEncrypted() {
    return before > 0
        && steps().content() == EntropyKind.RANDOM
        && steps().level().compareTo(ChangeLevel.MANY) >= 0;
  }

  private ChangeFigures steps() {
    return new ChangeFigures(
        ChangeLevel.of(changed, before),
        ChangeLevel.of(before - met, before),
        EntropyKind.of(random, sampled));
  }

  /** Whether all values of a byte are about as frequent, by Pearson's chi-squared test. */
  static boolean looksRandom(byte[] head) {
    long[] counts = new long[BYTE_VALUES];
    for (byte one : head) {
      counts[Byte.toUnsignedInt(one)]++;
    }
    long squares = 0;
    for (long count : counts) {
      squares += count * count;
    }
    return squares * BYTE_VALUES < (MOST_CHI_SQUARED + head.length) * head.length;
  }
}

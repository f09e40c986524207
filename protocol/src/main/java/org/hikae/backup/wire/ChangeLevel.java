package org.hikae.backup.wire;

/**
 * How large a part of something is, in six steps (spec HK1-R-20): what a device tells of a run says
 * no more than that.
 */
public enum ChangeLevel {
  /** Nothing. */
  NONE,
  /** Less than 1 percent. */
  TRACE,
  /** 1 percent, and less than 5. */
  FEW,
  /** 5 percent, and less than 20. */
  SOME,
  /** 20 percent, and less than 50. */
  MANY,
  /** 50 percent and more. */
  MOST;

  private static final long PERCENT = 100;
  private static final int[] BELOW = {1, 5, 20, 50};

  /**
   * The step of {@code part} out of {@code whole}; nothing when either is not positive.
   *
   * @param whole at most the largest number divided by a hundred, as is {@code part}
   */
  public static ChangeLevel of(long part, long whole) {
    if (part <= 0 || whole <= 0) {
      return NONE;
    }
    int step = 0;
    while (step < BELOW.length && part * PERCENT >= whole * BELOW[step]) {
      step++;
    }
    return values()[step + 1];
  }
}

package org.hikae.policy.control;

import java.util.Collection;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Which rank is proposed to a group whose policy has none yet. */
public final class RankChoice {

  /** Between two proposals, so that others find room there. */
  static final int STEP = 10;

  private RankChoice() {}

  /**
   * A rank that nobody has. After all others, so that the new policy decides before none of them;
   * but before those of groups above it, whose policies it is to change for its people. Empty when
   * there is none.
   *
   * @param taken ranks that groups have
   * @param below what the rank has to be lower than
   */
  public static OptionalInt free(Collection<Integer> taken, int below) {
    TreeSet<Integer> ranks = new TreeSet<>(taken);
    long next = ranks.isEmpty() ? STEP : (ranks.last() / STEP + 1L) * STEP;
    if (next < below) {
      return OptionalInt.of(Math.toIntExact(next));
    }
    for (int rank = below - 1; rank >= 1; rank--) {
      if (!ranks.contains(rank)) {
        return OptionalInt.of(rank);
      }
    }
    return OptionalInt.empty();
  }
}

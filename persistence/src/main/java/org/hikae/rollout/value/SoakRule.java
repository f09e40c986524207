package org.hikae.rollout.value;

import java.time.Duration;
import java.time.Instant;

/**
 * What has to be seen of the wave before, once everybody of it is invited, until the next one may
 * begin. Of a wave that invited fewer people than are to be observed all of them are enough, so
 * that small waves do not wait for ever.
 *
 * @param days whole days since everybody was invited, 0 to {@link #MAX_DAYS}
 * @param minHealthyPercent share of those observed who must be healthy, 0 to 100
 * @param minObserved how many people must be observed, 0 to {@link #MAX_OBSERVED}
 */
public record SoakRule(int days, int minHealthyPercent, int minObserved) {

  /** Longest soak, in days. */
  public static final int MAX_DAYS = 90;

  /** Most people who can be asked for. */
  public static final int MAX_OBSERVED = 1_000_000;

  /** Nothing: a wave begins as soon as everybody of the one before is invited. */
  public static final SoakRule NONE = new SoakRule(0, 0, 0);

  /** What a wave behind another one is given when nobody says anything. */
  public static final SoakRule DEFAULT = new SoakRule(3, 90, 5);

  /** Refuses what is out of bounds. */
  public SoakRule {
    if (days < 0
        || days > MAX_DAYS
        || minHealthyPercent < 0
        || minHealthyPercent > 100
        || minObserved < 0
        || minObserved > MAX_OBSERVED) {
      throw new IllegalArgumentException("A soak rule is out of bounds");
    }
  }

  /** Whether figures of people are needed to tell. */
  public boolean asksHealth() {
    return minHealthyPercent > 0 || minObserved > 0;
  }

  /** When the days are over of a wave whose people are all invited since then. */
  public Instant end(Instant invitedAt) {
    return invitedAt.plus(Duration.ofDays(days));
  }

  /** How many must be observed of so many who were invited. */
  public long needed(long invited) {
    return Math.min(minObserved, invited);
  }

  /** Whether enough of those who were invited are observed, and enough of these are healthy. */
  public boolean isMet(long invited, long observed, long healthy) {
    return observed >= needed(invited) && healthy * 100 >= observed * minHealthyPercent;
  }
}

package org.hikae.rollout.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * A limit of a campaign. With fewer observations than {@code minObserved} it does not halt: one
 * failure of three says nothing of a thousand. A wave that invited fewer people than that can halt
 * nevertheless: what is not observed of it counts as good, so that it halts once that is certain.
 * One that fails is never enough there.
 *
 * @param maxPercent share that may fail, 0 to {@link #MAX_PERCENT}
 * @param minObserved observations before it may halt, 1 to {@link #MAX_OBSERVED}
 */
@Embeddable
public record Gate(
    @Column(name = "max_percent") int maxPercent, @Column(name = "min_observed") int minObserved) {

  /** Highest limit: at 100 percent it could never be exceeded. */
  public static final int MAX_PERCENT = 99;

  /** Highest number of observations that can be asked for. */
  public static final int MAX_OBSERVED = 1_000_000;

  /**
   * Whether this many failing ones are too many.
   *
   * @param failing how many fail
   * @param observed of how many
   * @param invited people whom the wave has invited, observed or not
   */
  public boolean exceededBy(long failing, long observed, long invited) {
    long least = needed(invited);
    boolean small = least < minObserved;
    long of = small ? Math.max(observed, least) : observed;
    return (small ? failing > 1 : observed >= least) && failing * 100 > of * maxPercent;
  }

  /** Observations that a wave needs which has invited so many people. */
  public long needed(long invited) {
    return Math.min(minObserved, invited);
  }
}

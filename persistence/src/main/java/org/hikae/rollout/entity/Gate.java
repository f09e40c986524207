package org.hikae.rollout.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * A limit of a campaign. With fewer observations than {@code minObserved} it never halts: one
 * failure of three says nothing.
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

  /** Whether this many failing ones of all observed ones are too many. */
  public boolean exceededBy(long failing, long observed) {
    return observed >= minObserved && failing * 100 > observed * maxPercent;
  }
}

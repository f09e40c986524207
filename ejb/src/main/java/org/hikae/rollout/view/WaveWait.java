package org.hikae.rollout.view;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the wave that begins next waits for. Of people it speaks when it is to be seen how those of
 * the wave before fare.
 *
 * @param waveId which wave
 * @param invitesFirst number of a wave before of which not everybody is invited; null when all are
 * @param until a time to come before which it does not begin; null when there is none
 * @param soaking number of the wave whose people are watched; null when nobody is
 * @param needed how many of them must be observed
 * @param observed how many are: they take part and have a device
 * @param minHealthyPercent share of these that must be healthy
 * @param healthy how many are: backed up within three days, and the last backup did not fail
 */
public record WaveWait(
    long waveId,
    @Nullable Integer invitesFirst,
    @Nullable Instant until,
    @Nullable Integer soaking,
    long needed,
    long observed,
    int minHealthyPercent,
    long healthy)
    implements Serializable {

  /** Whether enough people are observed. */
  public boolean isObserved() {
    return observed >= needed;
  }

  /** Whether enough of those observed are healthy. */
  public boolean isHealthy() {
    return healthy * 100 >= observed * minHealthyPercent;
  }

  /** Share of those observed who are healthy, in whole percent, rounded down; 0 for nobody. */
  public long healthyPercent() {
    return observed == 0 ? 0 : healthy * 100 / observed;
  }

  /** Whether there is nothing to wait for any more. */
  public boolean isOver() {
    return invitesFirst == null && until == null && isObserved() && isHealthy();
  }
}

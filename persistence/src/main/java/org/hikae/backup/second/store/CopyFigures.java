package org.hikae.backup.second.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the second store stands.
 *
 * @param due objects that are to be looked at there
 * @param failing those of them that have failed before
 * @param dueSince when the one came for which the target time counts and that waits longest; null
 *     when none waits
 * @param unseen objects that have not been compared with their copies in the pass that goes on
 * @param passedAt when all objects had been compared last; null when they never were
 */
public record CopyFigures(
    long due, long failing, @Nullable Instant dueSince, long unseen, @Nullable Instant passedAt) {

  /** Nothing is known yet. */
  public static final CopyFigures NONE = new CopyFigures(0, 0, null, 0, null);

  /** For how long the object waits that waits longest. */
  public Duration lag(Instant now) {
    return dueSince == null || dueSince.isAfter(now)
        ? Duration.ZERO
        : Duration.between(dueSince, now);
  }
}

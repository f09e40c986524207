package org.hikae.admin.move;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a move of ciphertext stands.
 *
 * @param target the store that was ordered; null while the portals' settings say it
 * @param orderedAt when; null with it
 * @param paused whether it rests until somebody says otherwise
 * @param bytesPerSecond how many are moved at most; 0 for no limit
 * @param waiting how many objects are still to be moved, as far as is known
 * @param moved how many were, since the order
 * @param movedBytes how many bytes they have
 * @param left how many were left where they are, because they are damaged
 * @param faultStore which store could not be used when it was last tried; empty for the database
 * @param fault what was wrong with it; null when all is well
 * @param faultAt when; null with it
 * @param passedAt when all objects had been looked at last; null when they never had
 */
public record StoreMoveView(
    @Nullable String target,
    @Nullable Instant orderedAt,
    boolean paused,
    long bytesPerSecond,
    long waiting,
    long moved,
    long movedBytes,
    long left,
    @Nullable String faultStore,
    @Nullable String fault,
    @Nullable Instant faultAt,
    @Nullable Instant passedAt) {

  /** Whether every object lies in the store that is written to, or nothing was ever ordered. */
  public boolean isDone() {
    return fault == null && waiting == 0 && left == 0 && (passedAt != null || target == null);
  }

  /** Whether somebody has to do something. */
  public boolean needsHelp() {
    return fault != null || (left > 0 && waiting == 0);
  }
}

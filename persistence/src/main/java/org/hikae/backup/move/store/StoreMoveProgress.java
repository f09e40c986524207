package org.hikae.backup.move.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * What was ordered, and how far it has come.
 *
 * @param target the store that was ordered; null while the settings say it
 * @param noted whether the order stands in the audit trail
 * @param paused whether nothing is moved until somebody says otherwise
 * @param bytesPerSecond how many are moved at most; 0 for no limit
 * @param after the object that was looked at last; null at the beginning of a pass
 * @param waiting how many objects are still to be moved, as far as is known
 * @param moved how many were, since the order
 * @param movedBytes how many bytes they have
 * @param left how many the pass has left where they are, because they are rotten
 * @param faultAt when a store could last not be used; null when the last try went well
 * @param passedAt when all objects had been looked at last; null when they never had
 */
public record StoreMoveProgress(
    @Nullable String target,
    boolean noted,
    boolean paused,
    long bytesPerSecond,
    @Nullable ObjectKey after,
    long waiting,
    long moved,
    long movedBytes,
    long left,
    @Nullable Instant faultAt,
    @Nullable Instant passedAt) {

  /** How long a store that could not be used is left alone. */
  private static final Duration FAULT_WAIT = Duration.ofMinutes(1);

  /** After how long what was left because it is rotten is looked at again. */
  private static final Duration LEFT_WAIT = Duration.ofHours(1);

  /** Whether the same was ordered, and work goes on. */
  public boolean isSameOrder(StoreMoveProgress other) {
    return Objects.equals(target, other.target)
        && paused == other.paused
        && bytesPerSecond == other.bytesPerSecond;
  }

  /** Whether there may be something to do now. */
  public boolean isDue(Instant now) {
    if (paused || isWithin(faultAt, now, FAULT_WAIT)) {
      return false;
    }
    return after != null || left == 0 || !isWithin(passedAt, now, LEFT_WAIT);
  }

  /** A time that lies ahead was written by another clock, and says nothing. */
  private static boolean isWithin(@Nullable Instant time, Instant now, Duration apart) {
    return time != null && !time.isAfter(now) && time.isAfter(now.minus(apart));
  }

  /** Whether the last pass has left nothing to do, as far as the row says. */
  public boolean isEnded() {
    return after == null && waiting == 0 && left == 0 && passedAt != null && faultAt == null;
  }

  /** A pass begins that has so many objects to look at. */
  public StoreMoveProgress begun(long objects) {
    return with(null, objects, moved, movedBytes, 0, passedAt);
  }

  /** An object was looked at. */
  public StoreMoveProgress with(ObjectKey key, ObjectMove.MoveResult result) {
    boolean wasMoved = result.status() == ObjectMove.MoveStatus.MOVED;
    boolean wasLeft = result.status() == ObjectMove.MoveStatus.LEFT;
    return with(
        key,
        Math.max(0, waiting - 1),
        moved + (wasMoved ? 1 : 0),
        movedBytes + result.bytes(),
        left + (wasLeft ? 1 : 0),
        passedAt);
  }

  /** All objects have been looked at. */
  public StoreMoveProgress ended(Instant now) {
    return with(null, 0, moved, movedBytes, left, now);
  }

  private StoreMoveProgress with(
      @Nullable ObjectKey last,
      long nowWaiting,
      long nowMoved,
      long nowMovedBytes,
      long nowLeft,
      @Nullable Instant nowPassedAt) {
    return new StoreMoveProgress(
        target,
        noted,
        paused,
        bytesPerSecond,
        last,
        nowWaiting,
        nowMoved,
        nowMovedBytes,
        nowLeft,
        faultAt,
        nowPassedAt);
  }
}

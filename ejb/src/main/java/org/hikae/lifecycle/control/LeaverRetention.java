package org.hikae.lifecycle.control;

import java.time.Duration;
import java.time.Instant;

/**
 * Until when what a leaver left is kept; all times by the clock of nightly maintenance. Nothing is
 * deleted at a time that was not told before.
 *
 * @param told until when it was last said to be kept
 * @param due until when the policy keeps it now
 */
public record LeaverRetention(Instant told, Instant due) {

  /** Before the end a set is closed and the last word is said; the way back stays open. */
  public static final Duration LAST_CHANCE = Duration.ofDays(1);

  private static final Duration LOOK = Duration.ofDays(1);

  /** What is to be done. */
  public enum Step {
    /** Nothing. */
    WAIT,
    /** The time is another one than was told: say so. */
    TELL,
    /** The last day begins. */
    DELETE
  }

  /** Whether it is time to look at the policy. */
  public static boolean isDue(Instant told, Instant lookedAt, Instant now) {
    return !told.minus(LAST_CHANCE).isAfter(now) || !lookedAt.plus(LOOK).isAfter(now);
  }

  /** What is to be done now. */
  public Step step(Instant now) {
    if (!due.equals(told)) {
      return Step.TELL;
    }
    return told.minus(LAST_CHANCE).isAfter(now) ? Step.WAIT : Step.DELETE;
  }

  /** When everything is erased if the last day begins now. */
  public Instant end(Instant now) {
    Instant earliest = now.plus(LAST_CHANCE);
    return told.isAfter(earliest) ? told : earliest;
  }
}

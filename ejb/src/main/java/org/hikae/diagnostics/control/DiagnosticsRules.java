package org.hikae.diagnostics.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** How many diagnostics a device may send, how many are kept, and for how long. */
public final class DiagnosticsRules {

  /** How many of a device are kept with their content: the newest. */
  public static final int KEPT = 5;

  /** How many a device may send within {@link #DAY}. */
  public static final int PER_DAY = 10;

  /** For how long they are counted. */
  public static final Duration DAY = Duration.ofDays(1);

  /** After this time they are removed. */
  public static final Duration KEPT_FOR = Duration.ofDays(30);

  private DiagnosticsRules() {}

  /**
   * In how many seconds the device may send some again; nothing when it may now.
   *
   * @param received when the last ones came, newest first, at least {@link #PER_DAY} if there are
   *     as many within {@link #DAY}
   */
  public static OptionalInt secondsUntilNext(List<Instant> received, Instant now) {
    if (received.size() < PER_DAY) {
      return OptionalInt.empty();
    }
    Duration left = Duration.between(now, received.get(PER_DAY - 1).plus(DAY));
    return left.isPositive()
        ? OptionalInt.of(Math.toIntExact(left.plusSeconds(1).toSeconds()))
        : OptionalInt.empty();
  }
}

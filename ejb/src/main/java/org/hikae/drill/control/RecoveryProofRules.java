package org.hikae.drill.control;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/** How far a device's clock may be off, and how often it may show something (spec HK1-R-18). */
public final class RecoveryProofRules {

  /** How far the device's clock may be ahead. */
  public static final Duration AHEAD = Duration.ofMinutes(10);

  /** How old what a device shows may be, such as after weeks without the portal. */
  public static final Duration OLDEST = Duration.ofDays(60);

  /** The least time between two of a kind of a device: 24 a day at most. */
  public static final Duration BETWEEN = Duration.ofHours(1);

  private RecoveryProofRules() {}

  /** Whether the device's clock can be believed that far. */
  public static boolean isTimely(Instant madeAt, Instant now) {
    return !madeAt.isAfter(now.plus(AHEAD)) && !madeAt.isBefore(now.minus(OLDEST));
  }

  /** In how many seconds the next of a kind is taken; nothing when it is now. */
  public static OptionalInt secondsUntilNext(Instant lastReceived, Instant now) {
    Duration left = Duration.between(now, lastReceived.plus(BETWEEN));
    return left.isPositive()
        ? OptionalInt.of(Math.toIntExact(left.plusMillis(999).toSeconds()))
        : OptionalInt.empty();
  }
}

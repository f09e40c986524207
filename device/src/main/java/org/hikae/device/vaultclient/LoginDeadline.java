package org.hikae.device.vaultclient;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.hikae.device.http.CallDeadline;

/**
 * How long the messages of one login are sent again (spec HK1-V-45). The vault repeats its answers
 * for a minute. So an exchange is given up long before, or a connection that fell silent would cost
 * the attempt. Time is counted by two clocks, the longer counts: what nobody sets may stand still
 * while the computer sleeps, and what goes on may be set.
 */
final class LoginDeadline {

  /** As long as the vault repeats its answer to a login, less the way there. */
  private static final Duration WINDOW = Duration.ofSeconds(50);

  /** Three of them are over within the window. */
  static final Duration EXCHANGE = Duration.ofSeconds(15);

  private final LongSupplier nanos;
  private final InstantSource clock;
  private final long beganNanos;
  private final Instant began;
  private final CallDeadline call;

  /**
   * Begins now, with the first sending.
   *
   * @param nanos a clock that nobody sets
   * @param clock one that goes on while the computer sleeps
   * @param exchange most time of one exchange
   */
  LoginDeadline(LongSupplier nanos, InstantSource clock, Duration exchange) {
    this.nanos = nanos;
    this.clock = clock;
    this.beganNanos = nanos.getAsLong();
    this.began = clock.instant();
    this.call = new CallDeadline(exchange, this::left);
  }

  /** What is left of the window. */
  Duration left() {
    Duration counted = Duration.ofNanos(nanos.getAsLong() - beganNanos);
    Duration byTheClock = Duration.between(began, clock.instant());
    return WINDOW.minus(counted.compareTo(byTheClock) > 0 ? counted : byTheClock);
  }

  /** Whether nothing may be sent again. */
  boolean over() {
    return !left().isPositive();
  }

  /** The limits of each message of the login. */
  CallDeadline call() {
    return call;
  }
}

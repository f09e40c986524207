package org.hikae.runtime.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** Produces the clock and the source of randomness, so that tests can put others in their place. */
@ApplicationScoped
public class ClockProducer {

  private static final Duration MICROSECOND = Duration.ofNanos(1_000);

  /**
   * The wall clock in UTC, in microseconds: what both databases keep, so that a time reads as it
   * was written.
   */
  @Produces
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), MICROSECOND);
  }

  /** The platform's strongest usual generator. */
  @Produces
  SecureRandom random() {
    return new SecureRandom();
  }
}

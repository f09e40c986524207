package org.hikae.runtime.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.security.SecureRandom;
import java.time.Clock;

/** Produces the clock and the source of randomness, so that tests can put others in their place. */
@ApplicationScoped
public class Outside {

  /** The wall clock in UTC. */
  @Produces
  Clock clock() {
    return Clock.systemUTC();
  }

  /** The platform's strongest usual generator. */
  @Produces
  SecureRandom random() {
    return new SecureRandom();
  }
}

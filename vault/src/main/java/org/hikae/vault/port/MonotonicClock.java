package org.hikae.vault.port;

import java.time.Duration;

/**
 * Time that passes for this process whatever the host's clock is set to. Contract: safe for several
 * threads; never goes back; only differences mean anything.
 */
@FunctionalInterface
public interface MonotonicClock {

  /** How long it is since some moment that stays the same. */
  Duration elapsed();
}

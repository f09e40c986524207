package org.hikae.problem.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.UUID;

/** Draws the ids under which the log and an answer speak of the same refusal. */
@ApplicationScoped
public class CorrelationIds {

  private final SecureRandom random;

  /** For the container's proxies. */
  protected CorrelationIds() {
    this(new SecureRandom());
  }

  /** Draws from this source. */
  @Inject
  public CorrelationIds(SecureRandom random) {
    this.random = random;
  }

  /** A fresh random UUID, version 4. */
  public UUID next() {
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}

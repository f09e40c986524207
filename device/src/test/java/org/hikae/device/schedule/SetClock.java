package org.hikae.device.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test sets. */
public final class SetClock extends Clock {

  private volatile Instant now;

  /** Stands at that moment. */
  public SetClock(Instant now) {
    this.now = now;
  }

  /** Goes on. */
  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("nobody asks for it");
  }

  @Override
  public Instant instant() {
    return now;
  }
}

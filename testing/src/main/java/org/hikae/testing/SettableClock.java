package org.hikae.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it: time passes, or the clock is set. */
public final class SettableClock extends Clock {

  private volatile Instant now;
  private volatile Duration jumped = Duration.ZERO;

  /** Stands at that moment. */
  public SettableClock(Instant start) {
    this.now = start;
  }

  /** Time passes. */
  public void advance(Duration by) {
    now = now.plus(by);
  }

  /** Somebody sets the clock, in no time. */
  public void jump(Duration by) {
    now = now.plus(by);
    jumped = jumped.plus(by);
  }

  /** The time that has passed, whatever the clock was set to. */
  public Duration uptime() {
    return Duration.between(Instant.EPOCH, now).minus(jumped);
  }

  /** Sets the time. */
  public void set(Instant to) {
    now = to;
  }

  /** Goes to another time, in which somebody has set the clock so far ahead. */
  public void set(Instant to, Duration ahead) {
    now = to;
    jumped = ahead;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}

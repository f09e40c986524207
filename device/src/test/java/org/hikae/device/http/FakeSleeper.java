package org.hikae.device.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when somebody waits, and then at once. */
public final class FakeSleeper implements Sleeper {

  private final AtomicLong nanos = new AtomicLong();

  @Override
  public void wait(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  /** How much has passed. */
  public Duration passed() {
    return Duration.ofNanos(nanos.get());
  }
}

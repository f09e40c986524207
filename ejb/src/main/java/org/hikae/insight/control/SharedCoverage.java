package org.hikae.insight.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.hikae.insight.entity.CoverageFigures.DeviceFigure;
import org.jspecify.annotations.Nullable;

/**
 * How fresh the backups of all devices are, for everybody who asks within a moment: however many
 * administrators look at once, all devices are counted once.
 */
@ApplicationScoped
public class SharedCoverage {

  /** How old figures may be. */
  static final Duration AGE = Duration.ofSeconds(2);

  private record Made(DeviceFigure figure, Instant at) {}

  private @Nullable Made made;

  /** The figures, counted now unless they were a moment ago. */
  public synchronized DeviceFigure get(Instant now, Supplier<DeviceFigure> count) {
    Made last = made;
    if (last == null || last.at().isAfter(now) || !last.at().plus(AGE).isAfter(now)) {
      last = new Made(count.get(), now);
      made = last;
    }
    return last.figure();
  }
}

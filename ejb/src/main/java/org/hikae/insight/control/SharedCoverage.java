package org.hikae.insight.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.hikae.insight.entity.CoverageFigures.DeviceFigure;

/** How fresh the backups of all devices are, for everybody who asks within a moment. */
@ApplicationScoped
public class SharedCoverage {

  /** How old figures may be. */
  static final Duration AGE = Duration.ofSeconds(2);

  private final Kept<DeviceFigure> kept = new Kept<>(AGE);

  /** The figures, counted now unless they were a moment ago. */
  public DeviceFigure get(Instant now, Supplier<DeviceFigure> count) {
    return kept.get(now, count);
  }
}

package org.hikae.insight.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.hikae.insight.entity.LateFigures.Figure;

/** What happened in the last day, for everybody who asks within a minute. */
@ApplicationScoped
public class SharedDay {

  /** How old figures may be. */
  static final Duration AGE = Duration.ofMinutes(1);

  private final Kept<Figure> kept = new Kept<>(AGE);

  /** The figures, counted now unless they were a minute ago. */
  public Figure get(Instant now, Supplier<Figure> count) {
    return kept.get(now, count);
  }
}

package org.hikae.insight.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.hikae.insight.entity.DepartmentFigures.Figure;

/** Which departments are behind, for everybody who asks within a few minutes. */
@ApplicationScoped
public class SharedDepartments {

  /** How old figures may be. */
  static final Duration AGE = Duration.ofMinutes(5);

  private final Kept<List<Figure>> kept = new Kept<>(AGE);

  /** The figures, counted now unless they were a few minutes ago. */
  public List<Figure> get(Instant now, Supplier<List<Figure>> count) {
    return kept.get(now, count);
  }
}

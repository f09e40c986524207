package org.hikae.insight.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hikae.insight.view.RecoveryRow;

/** How far back recovery proofs count, and which departments are too small to be shown alone. */
public final class DepartmentMergeRules {

  /** Longer than any interval that is built in, so that nobody falls out between two of them. */
  public static final Duration WITHIN = Duration.ofDays(120);

  /** Fewest people of whom something is said: fewer could be told apart. */
  public static final int FEWEST = 5;

  private DepartmentMergeRules() {}

  /**
   * Departments as they may be shown, by their paths. Those with fewer than {@link #FEWEST} people
   * are one row without a path, which comes last; where that has too few itself, the next smallest
   * department is part of it. Nothing is left when all together are too few.
   */
  public static List<RecoveryRow> merged(List<RecoveryRow> departments) {
    List<RecoveryRow> bySize =
        departments.stream()
            .filter(row -> row.people() > 0)
            .sorted(Comparator.comparingLong(RecoveryRow::people))
            .toList();
    RecoveryRow others = new RecoveryRow("", 0, 0, 0, 0);
    List<RecoveryRow> shown = new ArrayList<>();
    for (RecoveryRow row : bySize) {
      boolean tooFew = others.people() > 0 && others.people() < FEWEST;
      if (row.people() < FEWEST || tooFew) {
        others = others.with(row);
      } else {
        shown.add(row);
      }
    }
    shown.sort(Comparator.comparing(RecoveryRow::path));
    if (others.people() >= FEWEST) {
      shown.add(others);
    }
    return List.copyOf(shown);
  }
}

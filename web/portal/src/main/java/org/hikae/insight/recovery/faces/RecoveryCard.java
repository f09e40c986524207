package org.hikae.insight.recovery.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.insight.faces.TrendDiagram;
import org.hikae.insight.recovery.boundary.RecoveryQueries;
import org.hikae.insight.recovery.view.RecoveryRow;
import org.hikae.insight.recovery.view.RecoveryTrendDay;
import org.jspecify.annotations.Nullable;

/** How many people have shown that they can recover: now, by department, and day by day. */
@Named
@RequestScoped
public class RecoveryCard {

  /** Days that are shown. */
  private static final int DAYS = 90;

  private static final int PERCENT = 100;

  @Inject private RecoveryQueries recoveryQueries;

  private @Nullable RecoveryRow everybody;
  private @Nullable List<RecoveryRow> departments;
  private @Nullable List<RecoveryTrendDay> days;

  /** Everybody. */
  public RecoveryRow getEverybody() {
    RecoveryRow known = everybody;
    if (known == null) {
      known = recoveryQueries.everybody();
      everybody = known;
    }
    return known;
  }

  /** Departments that may be shown. */
  public List<RecoveryRow> getDepartments() {
    List<RecoveryRow> known = departments;
    if (known == null) {
      known = recoveryQueries.departments();
      departments = known;
    }
    return known;
  }

  /** The days that are known, newest first. */
  public List<RecoveryTrendDay> getDays() {
    return days().reversed();
  }

  /** Whether there is a line to draw: it takes two days. */
  public boolean isDrawn() {
    return days().size() > 1;
  }

  /** The line's points, {@code x,y} each. */
  public String getLine() {
    return trend().line();
  }

  /** The same with the picture's lower edge, for the area under the line. */
  public String getArea() {
    return trend().area();
  }

  private List<RecoveryTrendDay> days() {
    List<RecoveryTrendDay> known = days;
    if (known == null) {
      known = recoveryQueries.days(DAYS);
      days = known;
    }
    return known;
  }

  private TrendDiagram trend() {
    return new TrendDiagram(
        days().stream()
            .map(day -> new TrendDiagram.Point(day.day(), day.figures().percent()))
            .toList(),
        PERCENT);
  }
}

package org.hikae.insight.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.insight.boundary.CoverageQueries;
import org.hikae.insight.view.ProtectedDay;
import org.jspecify.annotations.Nullable;

/** Which share of the devices was backed up in time, as a line in a picture and as a table. */
@Named
@RequestScoped
public class ProtectionTrend {

  /** Days that are shown. */
  private static final int DAYS = 90;

  private static final int PERCENT = 100;

  @Inject private CoverageQueries coverageQueries;

  private @Nullable List<ProtectedDay> days;

  private List<ProtectedDay> days() {
    List<ProtectedDay> known = days;
    if (known == null) {
      known = coverageQueries.protectedDays(DAYS);
      days = known;
    }
    return known;
  }

  /** The days that are known, newest first. */
  public List<ProtectedDay> getDays() {
    return days().reversed();
  }

  /** The newest of them; null when none is known. */
  public @Nullable ProtectedDay getNewest() {
    return days().isEmpty() ? null : days().getLast();
  }

  /** The oldest of them; null when none is known. */
  public @Nullable ProtectedDay getOldest() {
    return days().isEmpty() ? null : days().getFirst();
  }

  /** Whether there is a line to draw: it takes two days. */
  public boolean isDrawn() {
    return days().size() > 1;
  }

  /** By how many points of a hundred it changed from the oldest day to the newest. */
  public int getGained() {
    return isDrawn() ? days().getLast().percent() - days().getFirst().percent() : 0;
  }

  /** The line's points, {@code x,y} each. */
  public String getLine() {
    return trend().line();
  }

  /** The same with the picture's lower edge, for the area under the line. */
  public String getArea() {
    return trend().area();
  }

  private TrendDiagram trend() {
    return new TrendDiagram(
        days().stream().map(day -> new TrendDiagram.Point(day.day(), day.percent())).toList(),
        PERCENT);
  }
}

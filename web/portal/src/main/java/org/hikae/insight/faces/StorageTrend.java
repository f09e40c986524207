package org.hikae.insight.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.insight.boundary.CoverageQueries;
import org.hikae.insight.view.StoredDay;
import org.jspecify.annotations.Nullable;

/** How what counts against quotas grew, as a line in a picture and as a table. */
@Named
@RequestScoped
public class StorageTrend {

  /** Days that are shown. */
  private static final int DAYS = 90;

  private static final int PERCENT = 100;

  @Inject private CoverageQueries coverageQueries;

  private @Nullable List<StoredDay> days;

  private List<StoredDay> days() {
    List<StoredDay> known = days;
    if (known == null) {
      known = coverageQueries.storedDays(DAYS);
      days = known;
    }
    return known;
  }

  /** The days that are known, newest first. */
  public List<StoredDay> getDays() {
    return days().reversed();
  }

  /** The newest of them; null when none is known. */
  public @Nullable StoredDay getNewest() {
    return days().isEmpty() ? null : days().getLast();
  }

  /** The oldest of them; null when none is known. */
  public @Nullable StoredDay getOldest() {
    return days().isEmpty() ? null : days().getFirst();
  }

  /** Whether there is a line to draw: it takes two days. */
  public boolean isDrawn() {
    return days().size() > 1;
  }

  /** How much of the quotas is used, in whole percent; null when nobody has any. */
  public @Nullable Integer getPercent() {
    StoredDay newest = getNewest();
    return newest == null || newest.quotaBytes() == 0
        ? null
        : (Integer) (int) Math.min(PERCENT, 100.0 * newest.liveBytes() / newest.quotaBytes());
  }

  /** By how many bytes it grew from the oldest day to the newest; negative when it shrank. */
  public long getGrownBytes() {
    return isDrawn() ? days().getLast().liveBytes() - days().getFirst().liveBytes() : 0;
  }

  /** Bytes at the upper edge of the picture. */
  public long getTopBytes() {
    long most = days().stream().mapToLong(StoredDay::liveBytes).max().orElse(0);
    return Math.max(1, most);
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
        days().stream().map(day -> new TrendDiagram.Point(day.day(), day.liveBytes())).toList(),
        getTopBytes());
  }
}

package org.hikae.insight.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import org.hikae.insight.boundary.CoverageQueries;
import org.hikae.insight.value.RunHourCount;
import org.hikae.insight.value.RunHourSummary;
import org.hikae.ui.faces.ZonePreference;
import org.jspecify.annotations.Nullable;

/**
 * How runs ended by the hour of the reader's day in which they began, as columns in a picture of
 * 640 by 160 units and as a table.
 */
@Named
@RequestScoped
public class RunHourCard {

  private static final double WIDTH = 640;
  private static final double HEIGHT = 160;
  private static final int HOURS = 24;

  /** A column's share of its hour's width; the rest is a gap. */
  private static final double SHARE = 0.8;

  @Inject private CoverageQueries coverageQueries;
  @Inject private ZonePreference zonePreference;

  private @Nullable RunHourSummary summary;

  /**
   * A part of a column: the runs of an hour that ended in one way.
   *
   * @param result {@code failed}, {@code open} or {@code done}, from the lower edge up
   */
  public record RunColumn(String result, String x, String y, String width, String height) {}

  /** What was counted. */
  public RunHourSummary getSummary() {
    RunHourSummary known = summary;
    if (known == null) {
      known = coverageQueries.runHours(zonePreference.getZone());
      summary = known;
    }
    return known;
  }

  /** Whose hours they are. */
  public String getZone() {
    return zonePreference.getZone().getId();
  }

  /** Runs at the upper edge of the picture. */
  public long getTop() {
    return top(getSummary().hours());
  }

  /** The columns. */
  public List<RunColumn> getColumns() {
    return columns(getSummary().hours());
  }

  /** Such as {@code 02:00}; midnight that ends a day is {@code 24:00}. */
  public String time(int hour) {
    return String.format(Locale.ROOT, "%02d:00", hour);
  }

  private static long top(List<RunHourCount> hours) {
    return Math.max(1, hours.stream().mapToLong(RunHourCount::total).max().orElse(0));
  }

  static List<RunColumn> columns(List<RunHourCount> hours) {
    double unit = HEIGHT / top(hours);
    return hours.stream()
        .flatMap(
            hour ->
                List.of(
                    column("failed", hour.hour(), 0, hour.failed(), unit),
                    column("open", hour.hour(), hour.failed(), hour.open(), unit),
                    column("done", hour.hour(), hour.failed() + hour.open(), hour.done(), unit))
                    .stream())
        .filter(part -> !part.height().equals("0.0"))
        .toList();
  }

  /** Runs of an hour upon those that are drawn below them. */
  private static RunColumn column(String result, int hour, long below, long runs, double unit) {
    double share = WIDTH / HOURS;
    return new RunColumn(
        result,
        text(share * hour + share * (1 - SHARE) / 2),
        text(HEIGHT - unit * (below + runs)),
        text(share * SHARE),
        text(unit * runs));
  }

  private static String text(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}

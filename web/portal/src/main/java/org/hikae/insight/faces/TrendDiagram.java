package org.hikae.insight.faces;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A figure of each day as a line in a picture of 640 by 160 units. Days that are missing are
 * crossed by a straight line.
 *
 * @param points at least one, oldest first
 * @param top the figure at the upper edge; at least the largest, and more than 0
 */
public record TrendDiagram(List<Point> points, long top) {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 160;

  /** A day's figure, 0 or more. */
  public record Point(LocalDate day, long value) {}

  /** The line's points, {@code x,y} each. */
  public String line() {
    return points.stream()
        .map(point -> corner(x(point.day()), y(point.value())))
        .collect(Collectors.joining(" "));
  }

  /** The same with the picture's lower edge, for the area under the line. */
  public String area() {
    return corner(0, HEIGHT) + " " + line() + " " + corner(WIDTH, HEIGHT);
  }

  private double x(LocalDate day) {
    LocalDate first = points.getFirst().day();
    long span = ChronoUnit.DAYS.between(first, points.getLast().day());
    return (double) WIDTH * ChronoUnit.DAYS.between(first, day) / Math.max(1, span);
  }

  private double y(long value) {
    return HEIGHT - (double) HEIGHT * value / top;
  }

  private static String corner(double x, double y) {
    return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
  }
}

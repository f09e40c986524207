package org.hikae.insight.report.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The month that a report is about, in UTC, as all that the portal notes by days.
 *
 * @param month which month
 * @param from its first instant
 * @param until the first instant that is not of it any more
 */
public record MonthlyReportPeriod(YearMonth month, Instant from, Instant until) {

  /** In which days and months are counted; the report says so. */
  public static final ZoneId ZONE = ZoneId.of("UTC");

  private static final Pattern MONTH = Pattern.compile("20[0-9]{2}-[0-9]{2}");

  /** All of a month. */
  public static MonthlyReportPeriod of(YearMonth month) {
    return new MonthlyReportPeriod(
        month,
        month.atDay(1).atStartOfDay(ZONE).toInstant(),
        month.plusMonths(1).atDay(1).atStartOfDay(ZONE).toInstant());
  }

  /** The month of an instant. */
  public static MonthlyReportPeriod at(Instant now) {
    return of(YearMonth.from(now.atZone(ZONE)));
  }

  /** The month that is written so, such as 2026-11; empty when it is none. */
  public static Optional<MonthlyReportPeriod> parse(String text) {
    try {
      return MONTH.matcher(text).matches()
          ? Optional.of(of(YearMonth.parse(text)))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The month before. */
  public MonthlyReportPeriod before() {
    return of(month.minusMonths(1));
  }

  /** Whether it is over at this time. */
  public boolean isOver(Instant now) {
    return !now.isBefore(until);
  }

  /** Such as 2026-11. */
  public String text() {
    return month.toString();
  }
}

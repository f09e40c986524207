package org.hikae.insight.report.view;

import java.time.Instant;
import java.util.List;

/**
 * The reports that are kept.
 *
 * @param reports newest first, at most 120
 * @param current the month that is not over yet, of which there is a preview
 */
public record MonthlyReportList(List<Entry> reports, String current) {

  /** Copies the list. */
  public MonthlyReportList {
    reports = List.copyOf(reports);
  }

  /**
   * A report.
   *
   * @param month such as {@code 2026-11}, in UTC
   * @param computedAt when it was counted
   */
  public record Entry(String month, Instant computedAt) {}
}

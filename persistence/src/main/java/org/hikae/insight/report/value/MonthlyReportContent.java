package org.hikae.insight.report.value;

import java.time.Instant;
import java.util.List;

/**
 * All that a report says.
 *
 * @param period which month
 * @param countedAt when it was counted
 * @param rows in the order of the sections
 */
public record MonthlyReportContent(
    MonthlyReportPeriod period, Instant countedAt, List<MonthlyReportRow> rows) {

  /** Copies the list. */
  public MonthlyReportContent {
    rows = List.copyOf(rows);
  }

  /** Whether it was counted before the month was over. */
  public boolean isPreview() {
    return !period.isOver(countedAt);
  }

  /** Rows of a section. */
  public List<MonthlyReportRow> of(MonthlyReportSection section) {
    return rows.stream().filter(row -> row.section() == section).toList();
  }
}

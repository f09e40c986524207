package org.hikae.insight.report.view;

/** Which kind of file. */
public enum MonthlyReportFormat {
  /** For people. */
  PDF,
  /** For spreadsheets. */
  CSV
}

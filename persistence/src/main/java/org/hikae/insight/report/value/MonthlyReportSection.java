package org.hikae.insight.report.value;

import static org.hikae.insight.report.value.MonthlyReportColumn.APPROVED_BY;
import static org.hikae.insight.report.value.MonthlyReportColumn.ASKED_BY;
import static org.hikae.insight.report.value.MonthlyReportColumn.AT;
import static org.hikae.insight.report.value.MonthlyReportColumn.BEGIN;
import static org.hikae.insight.report.value.MonthlyReportColumn.COUNT;
import static org.hikae.insight.report.value.MonthlyReportColumn.DEVICES;
import static org.hikae.insight.report.value.MonthlyReportColumn.EMPLOYEES;
import static org.hikae.insight.report.value.MonthlyReportColumn.END;
import static org.hikae.insight.report.value.MonthlyReportColumn.FRESH_DEVICES;
import static org.hikae.insight.report.value.MonthlyReportColumn.INVITED;
import static org.hikae.insight.report.value.MonthlyReportColumn.KEY;
import static org.hikae.insight.report.value.MonthlyReportColumn.NEW;
import static org.hikae.insight.report.value.MonthlyReportColumn.OLD;
import static org.hikae.insight.report.value.MonthlyReportColumn.OPTED_IN;
import static org.hikae.insight.report.value.MonthlyReportColumn.PROTECTED;
import static org.hikae.insight.report.value.MonthlyReportColumn.SCOPE;

import java.util.List;
import java.util.Locale;

/** What a report is about, in its order. */
public enum MonthlyReportSection {
  /** How many people take part and are protected. */
  COVERAGE(COUNT),
  /** The same day by day. */
  TREND(EMPLOYEES, OPTED_IN, DEVICES, FRESH_DEVICES),
  /** The same by departments. */
  DEPARTMENTS(EMPLOYEES, INVITED, OPTED_IN, PROTECTED),
  /** What was restored. */
  RESTORES(COUNT),
  /** How many people have shown that they can recover. */
  DRILLS(COUNT),
  /** What went wrong, or was lost and mended. */
  INCIDENTS(COUNT),
  /** Critical notices by their kinds. */
  CRITICAL_NOTICES(COUNT),
  /** What happened at the vault by its kinds. */
  VAULT(COUNT),
  /** Changes of policies. */
  POLICY(AT, SCOPE, KEY, OLD, NEW, ASKED_BY, APPROVED_BY),
  /** How much is stored. */
  STORAGE(BEGIN, END);

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<MonthlyReportColumn> columns;

  MonthlyReportSection(MonthlyReportColumn... columns) {
    this.columns = List.of(columns);
  }

  /** What each of its rows says, in order. */
  public List<MonthlyReportColumn> columns() {
    return columns;
  }

  /** Its name in files. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

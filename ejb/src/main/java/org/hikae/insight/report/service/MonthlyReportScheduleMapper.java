package org.hikae.insight.report.service;

import org.hikae.insight.report.entity.MonthlyReportSchedule;
import org.hikae.insight.report.view.MonthlyReportScheduleView;

/** Shows who gets the report. */
public final class MonthlyReportScheduleMapper {

  private MonthlyReportScheduleMapper() {}

  public static MonthlyReportScheduleView of(MonthlyReportSchedule schedule) {
    return new MonthlyReportScheduleView(
        schedule.edition(),
        schedule.isEnabled(),
        schedule.addresses(),
        schedule.language(),
        schedule.changedAt());
  }
}

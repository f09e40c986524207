package org.hikae.insight.report.view;

/**
 * What stands instead of what somebody saw.
 *
 * @param current who gets the report now
 */
public record MonthlyReportEditConflict(MonthlyReportScheduleView current) {}

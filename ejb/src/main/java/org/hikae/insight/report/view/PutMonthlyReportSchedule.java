package org.hikae.insight.report.view;

import java.util.List;

/**
 * Who gets the monthly report by mail from now on.
 *
 * @param enabled whether it is sent
 * @param addresses at most 20 mail addresses; at least one to be sent
 * @param language {@code en} or {@code ja}
 */
public record PutMonthlyReportSchedule(boolean enabled, List<String> addresses, String language) {}

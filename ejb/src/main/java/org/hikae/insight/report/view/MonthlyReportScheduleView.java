package org.hikae.insight.report.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who gets the monthly report by mail.
 *
 * @param edition grows with every change
 * @param enabled whether it is sent
 * @param addresses to whom
 * @param language {@code en} or {@code ja}
 * @param changedAt when it was changed last; absent for never
 */
public record MonthlyReportScheduleView(
    long edition,
    boolean enabled,
    List<String> addresses,
    String language,
    @Nullable Instant changedAt) {

  /** Copies the list. */
  public MonthlyReportScheduleView {
    addresses = List.copyOf(addresses);
  }
}

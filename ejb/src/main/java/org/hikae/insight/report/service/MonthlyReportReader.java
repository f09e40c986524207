package org.hikae.insight.report.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.insight.report.control.MonthlyReportCodec;
import org.hikae.insight.report.entity.MonthlyReport;
import org.hikae.insight.report.store.MonthlyReportStore;
import org.hikae.insight.report.value.MonthlyReportColumn;
import org.hikae.insight.report.value.MonthlyReportContent;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.insight.report.value.MonthlyReportRow;
import org.hikae.insight.report.view.MonthlyReportDocument;
import org.hikae.insight.store.CoverageFigures;
import org.hikae.runtime.service.Settings;

/** Reads reports that are kept, and counts the month that is not over, each in a transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class MonthlyReportReader {

  @Inject private MonthlyReportStore store;
  @Inject private MonthlyReportCounter counter;
  @Inject private CoverageFigures coverageFigures;
  @Inject private Settings settings;
  @Inject private Clock clock;

  /** The report of a month: the one that is kept, or a preview of the current month. */
  public Optional<MonthlyReportDocument> find(MonthlyReportPeriod period) {
    Instant now = clock.instant();
    Optional<MonthlyReportContent> kept = store.find(period.text()).map(MonthlyReportReader::read);
    if (kept.isPresent()) {
      return kept.map(this::document);
    }
    boolean current = period.equals(MonthlyReportPeriod.at(now));
    return current ? Optional.of(document(counter.count(period, now))) : Optional.empty();
  }

  /** The month of the newest report that is kept; the current one when none is. */
  public MonthlyReportPeriod newest() {
    return store.newest().stream()
        .findFirst()
        .flatMap(head -> MonthlyReportPeriod.parse(head.month()))
        .orElseGet(() -> MonthlyReportPeriod.at(clock.instant()));
  }

  private static MonthlyReportContent read(MonthlyReport report) {
    return new MonthlyReportContent(
        MonthlyReportPeriod.parse(report.month()).orElseThrow(),
        report.computedAt(),
        MonthlyReportCodec.parse(report.content()));
  }

  /** A report with the names of today; whose name was erased is told by the account. */
  public MonthlyReportDocument document(MonthlyReportContent content) {
    Map<String, Set<String>> subjects = new HashMap<>();
    for (MonthlyReportRow row : content.rows()) {
      List<MonthlyReportColumn> columns = row.section().columns();
      for (int i = 0; i < columns.size(); i++) {
        String value = row.values().get(i);
        int blank = value.indexOf(' ');
        if (columns.get(i).form() == MonthlyReportColumn.Form.PERSON && blank > 0) {
          subjects
              .computeIfAbsent(value.substring(0, blank), issuer -> new HashSet<>())
              .add(value.substring(blank + 1));
        }
      }
    }
    Map<String, String> names = new HashMap<>();
    subjects.forEach(
        (issuer, some) ->
            coverageFigures
                .names(issuer, some, DepartmentScope.COMPANY)
                .forEach((subject, name) -> names.put(issuer + " " + subject, name)));
    return new MonthlyReportDocument(content, names, settings.portalUrl());
  }
}

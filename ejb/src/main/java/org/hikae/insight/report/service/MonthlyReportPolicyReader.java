package org.hikae.insight.report.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.insight.report.store.MonthlyReportFigures;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.insight.report.value.MonthlyReportRow;
import org.hikae.insight.report.value.MonthlyReportSection;
import org.hikae.policy.entity.PolicyVersion;
import org.hikae.policy.service.PolicyVersionViewMapper;
import org.hikae.policy.view.PolicyVersionView;
import org.hikae.schema.value.TextTruncation;
import org.jspecify.annotations.Nullable;

/** Reads which values of policies changed, who asked and who approved. */
@ApplicationScoped
public class MonthlyReportPolicyReader {

  /** Most changed values of a report; what is more is said by its number of versions. */
  static final int MAX_ROWS = 400;

  private static final int MAX_VALUE_CHARS = 200;
  private static final String EMPLOYEE = "employee";
  private static final String RANK = "rank";

  @Inject private MonthlyReportFigures figures;

  /** A row for each value that changed, oldest first. */
  List<MonthlyReportRow> rows(MonthlyReportPeriod period) {
    List<MonthlyReportRow> rows = new ArrayList<>();
    long told = 0;
    for (MonthlyReportFigures.PolicyStep step : figures.policies(period)) {
      List<MonthlyReportRow> changes = changes(step.version(), step.before(), rows.size() + 1);
      if (rows.size() + changes.size() > MAX_ROWS) {
        break;
      }
      rows.addAll(changes);
      told++;
    }
    long untold = figures.policyVersions(period) - told;
    if (untold > 0) {
      rows.add(
          new MonthlyReportRow(
              MonthlyReportSection.POLICY,
              MonthlyReportRow.MORE,
              List.of("", "", "", "", Long.toString(untold), "", "")));
    }
    return rows;
  }

  static List<MonthlyReportRow> changes(
      PolicyVersion version, @Nullable PolicyVersion before, int number) {
    Map<String, String> now = values(version);
    Map<String, String> then = before == null ? Map.of() : values(before);
    TreeSet<String> keys = new TreeSet<>(now.keySet());
    keys.addAll(then.keySet());
    List<MonthlyReportRow> rows = new ArrayList<>();
    for (String key : keys) {
      String old = then.getOrDefault(key, "");
      String fresh = now.getOrDefault(key, "");
      if (!old.equals(fresh)) {
        rows.add(
            new MonthlyReportRow(
                MonthlyReportSection.POLICY,
                Integer.toString(number + rows.size()),
                List.of(
                    version.madeAt().toString(),
                    scope(version.scope()),
                    key,
                    TextTruncation.to(old, MAX_VALUE_CHARS),
                    TextTruncation.to(fresh, MAX_VALUE_CHARS),
                    account(version.madeByIssuer(), version.madeBySubject()),
                    account(version.approvedByIssuer(), version.approvedBySubject()))));
      }
    }
    return rows;
  }

  private static Map<String, String> values(PolicyVersion version) {
    PolicyVersionView view = PolicyVersionViewMapper.of(version);
    Map<String, String> values = new TreeMap<>();
    view.values().forEach((key, value) -> values.put(key, String.valueOf(value)));
    Integer rank = view.rank();
    if (rank != null) {
      values.put(RANK, rank.toString());
    }
    return values;
  }

  /** A policy of one employee does not say whose. */
  private static String scope(String scope) {
    return scope.startsWith(EMPLOYEE + "/") ? EMPLOYEE : scope;
  }

  private static String account(@Nullable String issuer, @Nullable String subject) {
    return issuer == null || subject == null ? "" : issuer + " " + subject;
  }
}

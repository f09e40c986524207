package org.hikae.insight.report.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.insight.control.SmallDepartmentRules;
import org.hikae.insight.entity.ProtectionDay;
import org.hikae.insight.entity.StorageDay;
import org.hikae.insight.recovery.store.RecoveryDayStore;
import org.hikae.insight.report.store.MonthlyReportFigures;
import org.hikae.insight.report.store.MonthlyReportFigures.RunSum;
import org.hikae.insight.report.value.DepartmentSum;
import org.hikae.insight.report.value.MonthlyReportContent;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.insight.report.value.MonthlyReportRow;
import org.hikae.insight.report.value.MonthlyReportSection;
import org.hikae.insight.store.ProtectionDayStore;
import org.hikae.insight.store.StorageDayStore;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.view.Coverage;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;

/** Counts all that a report says; works in the transaction of who asks. */
@ApplicationScoped
public class MonthlyReportCounter {

  private static final List<String> CRITICAL =
      Arrays.stream(NoticeKind.values())
          .filter(kind -> kind.severity() == NoticeKind.Severity.CRITICAL)
          .map(NoticeKind::code)
          .toList();

  /** What the vault tells, and what is told of it. */
  private static final List<String> VAULT =
      List.of(
          NoticeKind.VAULT_EXPOSE.code(),
          NoticeKind.VAULT_ATTEMPT.code(),
          NoticeKind.VAULT_ORDER.code(),
          NoticeKind.VAULT_FAILED.code(),
          NoticeKind.VAULT_LOCKED.code(),
          NoticeKind.LEDGER_REGRESS.code());

  private static final String REVOKED = "device.revoke";
  private static final String ROTTEN = "object.rotten";
  private static final String HEALED = "object.healed";

  @Inject private MonthlyReportFigures figures;
  @Inject private MonthlyReportPolicyReader policyReader;
  @Inject private ProtectionDayStore protectionDays;
  @Inject private RecoveryDayStore recoveryDays;
  @Inject private StorageDayStore storageDays;

  /** Whether anything was noted in the month: before a portal ran there is nothing to report. */
  public boolean isNoted(MonthlyReportPeriod period) {
    return !protection(period).isEmpty();
  }

  /** Counts what a month shows at this time. */
  public MonthlyReportContent count(MonthlyReportPeriod period, Instant now) {
    List<MonthlyReportRow> rows = new ArrayList<>();
    List<ProtectionDay> days = protection(period);
    rows.addAll(coverage(period, now, days.isEmpty() ? null : days.getLast()));
    days.forEach(day -> rows.add(trend(day)));
    departments(now).forEach(department -> rows.add(row(department)));
    rows.addAll(restores(period));
    rows.addAll(drills(period));
    rows.addAll(incidents(period));
    rows.addAll(policyReader.rows(period));
    rows.addAll(storage(period));
    return new MonthlyReportContent(period, now, rows);
  }

  private List<ProtectionDay> protection(MonthlyReportPeriod period) {
    LocalDate end = period.month().atEndOfMonth();
    return protectionDays.since(period.month().atDay(1)).stream()
        .filter(day -> !day.day().isAfter(end))
        .toList();
  }

  private List<MonthlyReportRow> coverage(
      MonthlyReportPeriod period, Instant now, @Nullable ProtectionDay last) {
    Map<ConsentAction, Long> consents = figures.consents(period);
    Instant end = period.isOver(now) ? period.until() : now;
    return List.of(
        noted("employees", last, ProtectionDay::employees),
        counted("invited", figures.invited(end)),
        counted("invited-within", figures.invited(period)),
        noted("opted-in", last, ProtectionDay::optedIn),
        counted("opted-in-within", consents.getOrDefault(ConsentAction.OPTED_IN, 0L)),
        counted("withdrawn-within", consents.getOrDefault(ConsentAction.WITHDRAWN, 0L)),
        counted("protected", figures.protectedPeople(now.minus(Coverage.WARN_AFTER))),
        noted("devices", last, ProtectionDay::devices),
        noted("fresh-devices", last, ProtectionDay::freshDevices));
  }

  private static MonthlyReportRow counted(String name, long number) {
    return MonthlyReportRow.of(MonthlyReportSection.COVERAGE, name, number);
  }

  /** Of the last day that was noted; nothing when none was. */
  private static MonthlyReportRow noted(
      String name, @Nullable ProtectionDay last, ToLongFunction<ProtectionDay> figure) {
    return last == null
        ? new MonthlyReportRow(MonthlyReportSection.COVERAGE, name, List.of(""))
        : counted(name, figure.applyAsLong(last));
  }

  private static MonthlyReportRow trend(ProtectionDay day) {
    return MonthlyReportRow.of(
        MonthlyReportSection.TREND,
        day.day().toString(),
        day.employees(),
        day.optedIn(),
        day.devices(),
        day.freshDevices());
  }

  private List<DepartmentSum> departments(Instant now) {
    return SmallDepartmentRules.grouped(
        figures.departments(now.minus(Coverage.WARN_AFTER)),
        DepartmentSum::employees,
        DepartmentSum::path,
        DepartmentSum.OTHERS,
        DepartmentSum::with);
  }

  private static MonthlyReportRow row(DepartmentSum department) {
    return MonthlyReportRow.of(
        MonthlyReportSection.DEPARTMENTS,
        department.path(),
        department.employees(),
        department.invited(),
        department.optedIn(),
        department.backedUp());
  }

  private List<MonthlyReportRow> restores(MonthlyReportPeriod period) {
    List<RunSum> restores = figures.runs(RunReport.Kind.RESTORE, period);
    Map<RunResult, Long> ended = ended(restores);
    Map<RunResult, Long> verified = ended(figures.runs(RunReport.Kind.VERIFY, period));
    long begun = restores.stream().mapToLong(RunSum::runs).sum();
    long complete = ended.getOrDefault(RunResult.SUCCESS, 0L);
    long partial = ended.getOrDefault(RunResult.PARTIAL, 0L);
    long failed = failed(ended);
    return List.of(
        restore("begun", begun),
        restore("complete", complete),
        restore("partial", partial),
        restore("failed", failed),
        restore("open", begun - complete - partial - failed),
        restore("people", figures.people(RunReport.Kind.RESTORE, period)),
        restore("files", restores.stream().mapToLong(RunSum::files).sum()),
        restore("received-bytes", restores.stream().mapToLong(RunSum::bytesReceived).sum()),
        restore("verified", verified.getOrDefault(RunResult.SUCCESS, 0L)),
        restore("verify-failed", failed(verified)));
  }

  private static MonthlyReportRow restore(String name, long number) {
    return MonthlyReportRow.of(MonthlyReportSection.RESTORES, name, number);
  }

  private static Map<RunResult, Long> ended(List<RunSum> runs) {
    return runs.stream()
        .collect(
            Collectors.toMap(
                RunSum::result, RunSum::runs, Long::sum, () -> new EnumMap<>(RunResult.class)));
  }

  /** As they stood on the last day that was noted; nothing when none was. */
  private List<MonthlyReportRow> drills(MonthlyReportPeriod period) {
    LocalDate end = period.month().atEndOfMonth();
    return recoveryDays.since(period.month().atDay(1)).stream()
        .filter(day -> !day.day().isAfter(end))
        .reduce((earlier, later) -> later)
        .map(
            day ->
                List.of(
                    drill("people", day.people()),
                    drill("drilled", day.drilled()),
                    drill("practised", day.practised()),
                    drill("proven", day.proven())))
        .orElse(List.of());
  }

  private static MonthlyReportRow drill(String name, long number) {
    return MonthlyReportRow.of(MonthlyReportSection.DRILLS, name, number);
  }

  private static long failed(Map<RunResult, Long> ended) {
    return EmployeeFilter.FAILURES.stream()
        .mapToLong(result -> ended.getOrDefault(result, 0L))
        .sum();
  }

  private List<MonthlyReportRow> incidents(MonthlyReportPeriod period) {
    Map<String, Long> critical = figures.notices(CRITICAL, period);
    Map<String, Long> vault = figures.notices(VAULT, period);
    Map<String, Long> events = figures.events(List.of(REVOKED, ROTTEN, HEALED), period);
    long all = critical.values().stream().mapToLong(Long::longValue).sum();
    List<MonthlyReportRow> rows =
        new ArrayList<>(
            List.of(
                incident("lock-outs", vault.getOrDefault(NoticeKind.VAULT_LOCKED.code(), 0L)),
                incident("devices-revoked", events.getOrDefault(REVOKED, 0L)),
                incident("critical-notices", all),
                incident("objects-rotten", events.getOrDefault(ROTTEN, 0L)),
                incident("objects-healed", events.getOrDefault(HEALED, 0L))));
    rows.addAll(kinds(MonthlyReportSection.CRITICAL_NOTICES, CRITICAL, critical));
    rows.addAll(kinds(MonthlyReportSection.VAULT, VAULT, vault));
    return rows;
  }

  private static MonthlyReportRow incident(String name, long number) {
    return MonthlyReportRow.of(MonthlyReportSection.INCIDENTS, name, number);
  }

  /** Those of which there are any, always in the same order. */
  private static List<MonthlyReportRow> kinds(
      MonthlyReportSection section, List<String> kinds, Map<String, Long> counted) {
    return kinds.stream()
        .filter(counted::containsKey)
        .map(kind -> MonthlyReportRow.of(section, kind, counted.getOrDefault(kind, 0L)))
        .toList();
  }

  private List<MonthlyReportRow> storage(MonthlyReportPeriod period) {
    LocalDate end = period.month().atEndOfMonth();
    List<StorageDay> days =
        storageDays.since(period.month().atDay(1)).stream()
            .filter(day -> !day.day().isAfter(end))
            .toList();
    if (days.isEmpty()) {
      return List.of();
    }
    StorageDay first = days.getFirst();
    StorageDay last = days.getLast();
    return List.of(
        stored("stored", first.storedBytes(), last.storedBytes()),
        stored("live", first.liveBytes(), last.liveBytes()),
        stored("quota", first.quotaBytes(), last.quotaBytes()));
  }

  private static MonthlyReportRow stored(String name, long begin, long end) {
    return MonthlyReportRow.of(MonthlyReportSection.STORAGE, name, begin, end);
  }
}

package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.store.RottenObjectStore;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.caller.view.Caller;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.entity.ProtectionDay;
import org.hikae.insight.entity.StorageDay;
import org.hikae.insight.service.CoverageCache;
import org.hikae.insight.store.CoverageFigures;
import org.hikae.insight.store.CoverageFigures.DeviceFigure;
import org.hikae.insight.store.DepartmentFigures;
import org.hikae.insight.store.ProtectionDayStore;
import org.hikae.insight.store.RecentFigures;
import org.hikae.insight.store.RunPeriodStore;
import org.hikae.insight.store.StorageDayStore;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.value.RunHourSummary;
import org.hikae.insight.view.Coverage;
import org.hikae.insight.view.CoverageChange;
import org.hikae.insight.view.DepartmentBehind;
import org.hikae.insight.view.LastDay;
import org.hikae.insight.view.ProtectedDay;
import org.hikae.insight.view.StorageTotals;
import org.hikae.insight.view.StoredDay;
import org.hikae.notice.wire.NoticeKind;

/** Shows who runs the backup how the whole company stands. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class CoverageQueries {

  /** Most departments that are named as behind. */
  public static final int MAX_BEHIND = 10;

  /** Notices that are counted among what happened lately. */
  private static final List<NoticeKind> TOLD =
      List.of(NoticeKind.WRAP_ADDED, NoticeKind.VAULT_FAILED, NoticeKind.VAULT_LOCKED);

  @Inject private CoverageFigures figures;
  @Inject private RecentFigures recentFigures;
  @Inject private StorageDayStore days;
  @Inject private ProtectionDayStore protectionDays;
  @Inject private RunPeriodStore runPeriods;
  @Inject private CoverageCache coverageCache;
  @Inject private DepartmentFigures departmentFigures;
  @Inject private RottenObjectStore rottenObjects;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /**
   * A department and how many of it take part.
   *
   * @param path group path at Keycloak
   * @param employees enabled members
   * @param optedIn those of them who take part
   * @param invited those of them whom campaigns have invited
   */
  public record Department(String path, long employees, long optedIn, long invited) {}

  /**
   * The figures of the overview, for the caller's scope; of the whole company as they were at most
   * two seconds ago.
   */
  @ScopeAccess(ScopeRule.SCOPED)
  public Coverage coverage() {
    Instant now = clock.instant();
    DepartmentScope scope = currentCaller.caller().scope();
    CoverageCache.CompanyFigures everybody =
        scope.wholeCompany()
            ? coverageCache.everybody(now, () -> counted(scope, now))
            : counted(scope, now);
    DeviceFigure devices = everybody.devices();
    Map<EmployeeFilter.EnrollmentStatus, Long> people = everybody.people();
    long stale = devices.total() - devices.fresh() - devices.late() - devices.never();
    return new Coverage(
        new Coverage.People(
            people.values().stream().mapToLong(Long::longValue).sum(),
            people.getOrDefault(EmployeeFilter.EnrollmentStatus.ACTIVE, 0L),
            people.getOrDefault(EmployeeFilter.EnrollmentStatus.PENDING, 0L),
            people.getOrDefault(EmployeeFilter.EnrollmentStatus.WITHDRAWN, 0L)),
        new Coverage.Devices(
            devices.total(), devices.fresh(), devices.late(), stale, devices.never()),
        everybody.storedBytes());
  }

  private CoverageCache.CompanyFigures counted(DepartmentScope scope, Instant now) {
    return new CoverageCache.CompanyFigures(
        figures.devices(scope, now.minus(Coverage.WARN_AFTER), now.minus(Coverage.CRITICAL_AFTER)),
        figures.people(scope),
        figures.storedBytes(scope));
  }

  /** What is stored for everybody, as it was at most two seconds ago. */
  public StorageTotals storage() {
    CoverageCache.StoredByEverybody stored =
        coverageCache.stored(
            clock.instant(),
            () -> new CoverageCache.StoredByEverybody(figures.storage(), figures.storedBytes()));
    return new StorageTotals(
        stored.use().employees(),
        stored.use().liveBytes(),
        stored.use().heldBytes(),
        stored.storedBytes(),
        rottenObjects());
  }

  /** Objects whose bytes are known to be wrong. */
  public long rottenObjects() {
    return rottenObjects.countOpen();
  }

  /** What happened within {@link Coverage#LATELY}, as it was at most a minute ago. */
  public LastDay lastDay() {
    Instant now = clock.instant();
    RecentFigures.Figure counted =
        coverageCache.day(now, () -> recentFigures.since(now.minus(Coverage.LATELY), TOLD));
    return new LastDay(
        counted.backedUp(),
        counted.byRestic(),
        counted.failed(),
        counted.added(),
        TOLD.stream()
            .map(
                kind ->
                    new LastDay.NoticeCount(
                        kind.code(), counted.notices().getOrDefault(kind.code(), 0L)))
            .toList());
  }

  /** What got worse within {@link Coverage#LATELY}, as it was at most a minute ago. */
  public CoverageChange worsened() {
    Instant now = clock.instant();
    CoverageCache.OverdueCount crossed =
        coverageCache.worsened(
            now,
            () ->
                new CoverageCache.OverdueCount(
                    crossed(now.minus(Coverage.WARN_AFTER)),
                    crossed(now.minus(Coverage.CRITICAL_AFTER))));
    return new CoverageChange(crossed.late(), crossed.stale(), lastDay().failed());
  }

  /** Devices whose last backup grew older than so old since a day ago. */
  private long crossed(Instant oldEnough) {
    return figures.devicesBackedUpLast(oldEnough.minus(Coverage.LATELY), oldEnough);
  }

  /**
   * How much was stored day by day, oldest first. Days on which no portal ran are missing.
   *
   * @param count days to look back, today included; 1 to {@link StorageDayStore#MOST}
   */
  public List<StoredDay> storedDays(int count) {
    return days.since(firstOf(count)).stream().map(CoverageQueries::day).toList();
  }

  /**
   * Who was protected day by day, oldest first. Days on which no portal ran are missing.
   *
   * @param count days to look back, today included; 1 to {@link ProtectionDayStore#MOST}
   */
  public List<ProtectedDay> protectedDays(int count) {
    return protectionDays.since(firstOf(count)).stream().map(CoverageQueries::day).toList();
  }

  private LocalDate firstOf(int count) {
    if (count < 1 || count > StorageDayStore.MOST) {
      throw new IllegalArgumentException("count must be 1 to " + StorageDayStore.MOST);
    }
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(count - 1L);
  }

  /**
   * How the runs of the last seven days ended, by the hours of a zone in which they began. They are
   * counted once an hour.
   */
  public RunHourSummary runHours(ZoneId zone) {
    Instant now = clock.instant();
    return RunHourSummary.of(coverageCache.runs(now, () -> runPeriods.latest(now)), zone);
  }

  /**
   * The departments with the most devices that are behind, those with the most first, as it was at
   * most five minutes ago.
   */
  public List<DepartmentBehind> departmentsBehind() {
    Instant now = clock.instant();
    return coverageCache
        .behind(
            now,
            () ->
                departmentFigures.behind(
                    now.minus(Coverage.WARN_AFTER), now.minus(Coverage.CRITICAL_AFTER), MAX_BEHIND))
        .stream()
        .map(CoverageQueries::behind)
        .toList();
  }

  /** All departments, as they were at most two seconds ago. */
  public List<Department> departments() {
    return coverageCache.departments(clock.instant(), figures::departments).stream()
        .map(
            found ->
                new Department(found.path(), found.employees(), found.optedIn(), found.invited()))
        .toList();
  }

  /** Has the departments counted anew for who asks next: the directory was read. */
  public void departmentsChanged() {
    coverageCache.departmentsChanged();
  }

  /**
   * What people of the caller's realm and scope are called now, by {@code sub}; unknown ones are
   * left out.
   */
  @ScopeAccess(ScopeRule.SCOPED)
  public Map<String, String> names(Set<String> subjects) {
    Caller caller = currentCaller.caller();
    return figures.names(caller.issuer(), subjects, caller.scope());
  }

  private static DepartmentBehind behind(DepartmentFigures.Figure figure) {
    return new DepartmentBehind(
        figure.path(), figure.fresh(), figure.late(), figure.stale(), figure.never());
  }

  private static StoredDay day(StorageDay row) {
    return new StoredDay(
        row.day(), row.notedAt(), row.storedBytes(), row.liveBytes(), row.quotaBytes());
  }

  private static ProtectedDay day(ProtectionDay row) {
    return new ProtectedDay(
        row.day(),
        row.notedAt(),
        row.employees(),
        row.optedIn(),
        row.devices(),
        row.freshDevices());
  }
}

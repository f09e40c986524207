package org.hikae.insight.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hikae.insight.store.CoverageFigures.DepartmentFigure;
import org.hikae.insight.store.CoverageFigures.DeviceFigure;
import org.hikae.insight.store.CoverageFigures.StorageFigure;
import org.hikae.insight.store.DepartmentFigures;
import org.hikae.insight.store.RecentFigures;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.value.RunPeriodCount;
import org.hikae.runtime.control.CachedValue;

/** Figures whose counting reads everybody, for all who ask within a while. */
@ApplicationScoped
public class CoverageCache {

  private static final Duration MOMENT = Duration.ofSeconds(2);

  private final CachedValue<CompanyFigures> everybody = new CachedValue<>(MOMENT);
  private final CachedValue<StoredByEverybody> stored = new CachedValue<>(MOMENT);
  private final CachedValue<Long> employees = new CachedValue<>(MOMENT);
  private final CachedValue<List<DepartmentFigure>> departments = new CachedValue<>(MOMENT);
  private final CachedValue<RecentFigures.Figure> day = new CachedValue<>(Duration.ofMinutes(1));
  private final CachedValue<OverdueCount> worsened = new CachedValue<>(Duration.ofMinutes(1));
  private final CachedValue<List<RunPeriodCount>> runs = new CachedValue<>(MOMENT);
  private final CachedValue<List<DepartmentFigures.Figure>> behind =
      new CachedValue<>(Duration.ofMinutes(5));

  /**
   * How the company stands.
   *
   * @param devices how fresh backups are
   * @param people how many employees stand how
   * @param storedBytes bytes that are stored
   */
  public record CompanyFigures(
      DeviceFigure devices, Map<EmployeeFilter.EnrollmentStatus, Long> people, long storedBytes) {}

  /** How the company stands, counted now unless it was two seconds ago. */
  public CompanyFigures everybody(Instant now, Supplier<CompanyFigures> count) {
    return everybody.get(now, count);
  }

  /**
   * What is stored for everybody.
   *
   * @param use what counts against quotas, and what is held
   * @param storedBytes bytes that are stored
   */
  public record StoredByEverybody(StorageFigure use, long storedBytes) {}

  /** What is stored, added up now unless it was two seconds ago. */
  public StoredByEverybody stored(Instant now, Supplier<StoredByEverybody> count) {
    return stored.get(now, count);
  }

  /** How many employees there are, counted now unless they were two seconds ago. */
  public long employees(Instant now, Supplier<Long> count) {
    return employees.get(now, count);
  }

  /** The departments, counted now unless they were two seconds ago. */
  public List<DepartmentFigure> departments(Instant now, Supplier<List<DepartmentFigure>> count) {
    return departments.get(now, count);
  }

  /** Forgets the departments: they have changed. */
  public void departmentsChanged() {
    departments.forget();
  }

  /** What happened in the last day, counted now unless it was a minute ago. */
  public RecentFigures.Figure day(Instant now, Supplier<RecentFigures.Figure> count) {
    return day.get(now, count);
  }

  /**
   * Devices whose last backup grew too old within a day.
   *
   * @param late so old that it deserves a look
   * @param stale so old that it deserves a call
   */
  public record OverdueCount(long late, long stale) {}

  /** Which devices fell behind in the last day, counted now unless it was a minute ago. */
  public OverdueCount worsened(Instant now, Supplier<OverdueCount> count) {
    return worsened.get(now, count);
  }

  /** How runs ended by when they began, read now unless it was two seconds ago. */
  public List<RunPeriodCount> runs(Instant now, Supplier<List<RunPeriodCount>> read) {
    return runs.get(now, read);
  }

  /** Which departments are behind, counted now unless they were five minutes ago. */
  public List<DepartmentFigures.Figure> behind(
      Instant now, Supplier<List<DepartmentFigures.Figure>> count) {
    return behind.get(now, count);
  }
}

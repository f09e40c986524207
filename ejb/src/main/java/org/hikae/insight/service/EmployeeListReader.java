package org.hikae.insight.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.insight.control.EmployeeCursor;
import org.hikae.insight.store.EmployeeFigures;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.value.LastRun;
import org.hikae.insight.view.Coverage;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeePage;
import org.hikae.insight.view.EmployeeRow;
import org.hikae.insight.view.RunState;
import org.jspecify.annotations.Nullable;

/** Reads employees for their list and for files of it; works in the caller's transaction. */
@ApplicationScoped
public class EmployeeListReader {

  @Inject private EmployeeFigures figures;

  /** Employees of a scope after a place; {@code now} says whose run fell silent. */
  public EmployeePage pageAfter(
      EmployeeCriteria query,
      DepartmentScope scope,
      @Nullable String cursor,
      int limit,
      Instant now) {
    EmployeeFilter filter = filter(query, scope, now);
    EmployeeFigures.Page page =
        figures.pageAfter(filter, EmployeeCursor.place(filter, cursor), limit);
    return new EmployeePage(
        rows(page.employees(), now), page.total(), EmployeeCursor.of(filter, page.end()));
  }

  public static List<EmployeeRow> rows(List<EmployeeFigure> figures, Instant now) {
    return figures.stream().map(figure -> EmployeeRow.of(figure, now)).toList();
  }

  public static EmployeeFilter filter(EmployeeCriteria query, DepartmentScope scope, Instant now) {
    EmployeeFilter.Order order =
        switch (query.sort()) {
          case NAME -> EmployeeFilter.Order.NAME;
          case OPT_IN -> EmployeeFilter.Order.STANDING;
          case DEVICES -> EmployeeFilter.Order.DEVICES;
          case LAST_RUN -> EmployeeFilter.Order.LAST_RUN;
          case LAST_BACKUP -> EmployeeFilter.Order.LAST_BACKUP;
          case STORED_BYTES -> EmployeeFilter.Order.STORED_BYTES;
        };
    return new EmployeeFilter(
        query.text(),
        standing(query.optIn()),
        lastRun(query.lastRun(), now),
        query.failedLately() ? now.minus(Coverage.LATELY) : null,
        query.department(),
        health(query.health(), now),
        order,
        query.descending(),
        scope);
  }

  private static EmployeeFilter.@Nullable Health health(
      EmployeeCriteria.@Nullable Health health, Instant now) {
    return health == null
        ? null
        : new EmployeeFilter.Health(
            health == EmployeeCriteria.Health.PROTECTED, now.minus(Coverage.WARN_AFTER));
  }

  private static EmployeeFilter.@Nullable EnrollmentStatus standing(@Nullable OptInState state) {
    return switch (state) {
      case null -> null;
      case NOT_OPTED_IN -> EmployeeFilter.EnrollmentStatus.NONE;
      case PENDING -> EmployeeFilter.EnrollmentStatus.PENDING;
      case OPTED_IN -> EmployeeFilter.EnrollmentStatus.ACTIVE;
      case WITHDRAWN -> EmployeeFilter.EnrollmentStatus.WITHDRAWN;
    };
  }

  private static EmployeeFilter.@Nullable LastRunCondition lastRun(
      @Nullable RunState state, Instant now) {
    if (state == null) {
      return null;
    }
    boolean stale = state == RunState.STALE;
    RunResult result = stale ? RunResult.RUNNING : RunResult.valueOf(state.name());
    return new EmployeeFilter.LastRunCondition(result, now.minus(LastRun.STALE_AFTER), stale);
  }
}

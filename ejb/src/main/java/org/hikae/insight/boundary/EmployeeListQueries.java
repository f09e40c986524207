package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.service.CoverageCache;
import org.hikae.insight.service.EmployeeListReader;
import org.hikae.insight.store.EmployeeFigures;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeePage;
import org.hikae.insight.view.EmployeeRow;
import org.hikae.problem.control.PageRequest;
import org.jspecify.annotations.Nullable;

/** Shows who runs the backup all employees, those who never took part included. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class EmployeeListQueries {

  @Inject private EmployeeFigures figures;
  @Inject private EmployeeListReader reader;
  @Inject private CoverageCache coverageCache;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /**
   * Employees of a page.
   *
   * @param employees those asked for
   * @param total how many the query finds in all
   */
  public record EmployeeListRows(List<EmployeeRow> employees, long total) {}

  /**
   * Some employees and how many there are. All employees, which no filter finds, are counted at
   * most every two seconds.
   *
   * @param offset employees to skip, from 0
   * @param asked how many, at most {@link EmployeeCriteria#MAX_LIMIT}
   */
  public EmployeeListRows found(EmployeeCriteria query, int offset, PageRequest asked) {
    int limit = asked.within(EmployeeCriteria.MAX_LIMIT);
    Instant now = clock.instant();
    EmployeeFilter filter = EmployeeListReader.filter(query, scope(), now);
    if (filter.findsAll()) {
      // First, because who waits for another's count should hold no connection.
      long total = coverageCache.employees(now, () -> figures.count(filter));
      return new EmployeeListRows(rows(query, offset, asked), total);
    }
    EmployeeFigures.EmployeeListPart found = figures.found(filter, offset, limit);
    return new EmployeeListRows(EmployeeListReader.rows(found.employees(), now), found.total());
  }

  /**
   * Some employees, for who jumps to any page.
   *
   * @param offset employees to skip, from 0
   * @param asked how many, at most {@link EmployeeCriteria#MAX_LIMIT}
   */
  public List<EmployeeRow> rows(EmployeeCriteria query, int offset, PageRequest asked) {
    int limit = asked.within(EmployeeCriteria.MAX_LIMIT);
    Instant now = clock.instant();
    return EmployeeListReader.rows(
        figures.rows(EmployeeListReader.filter(query, scope(), now), offset, limit), now);
  }

  /**
   * A page of employees, for who reads one after the other: nobody is left out or twice on them
   * whose values stay as they are.
   *
   * @param cursor what the page before gave as {@code next}; null for the first
   * @param asked how many, at most {@link EmployeeCriteria#MAX_LIMIT}
   */
  public EmployeePage pageAfter(
      EmployeeCriteria query, @Nullable String cursor, PageRequest asked) {
    int limit = asked.within(EmployeeCriteria.MAX_LIMIT);
    return reader.pageAfter(query, scope(), cursor, limit, clock.instant());
  }

  /**
   * These employees, by their names; unknown ones are left out.
   *
   * @param employeeIds at most {@link EmployeeFigures#MAX_PAGE}
   */
  public List<EmployeeRow> some(Collection<Long> employeeIds) {
    Instant now = clock.instant();
    return figures.of(employeeIds, scope()).stream()
        .map(figure -> EmployeeRow.of(figure, now))
        .sorted(Comparator.comparing(EmployeeRow::displayName))
        .toList();
  }

  private DepartmentScope scope() {
    return currentCaller.caller().scope();
  }
}

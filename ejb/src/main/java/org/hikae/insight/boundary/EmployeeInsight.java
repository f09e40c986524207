package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.hikae.backup.entity.Run;
import org.hikae.backup.wire.RunResult;
import org.hikae.caller.boundary.FromClient;
import org.hikae.identity.wire.Realm;
import org.hikae.insight.entity.EmployeeFigures;
import org.hikae.insight.entity.EmployeeFilter;
import org.jspecify.annotations.Nullable;

/** Shows who runs the backup all employees, those who never took part included. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class EmployeeInsight {

  @Inject private EmployeeFigures figures;
  @Inject private Clock clock;

  /** A page of employees. */
  public EmployeePage page(EmployeeQuery query) {
    Instant now = clock.instant();
    EmployeeFilter filter = filter(query, now);
    return new EmployeePage(
        figures.page(filter, query.offset(), query.limit()).stream()
            .map(figure -> EmployeeRow.of(figure, now))
            .toList(),
        figures.count(filter));
  }

  private static EmployeeFilter filter(EmployeeQuery query, Instant now) {
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
        order,
        query.descending());
  }

  private static EmployeeFilter.@Nullable Standing standing(@Nullable OptInState state) {
    return switch (state) {
      case null -> null;
      case NOT_OPTED_IN -> EmployeeFilter.Standing.NONE;
      case PENDING -> EmployeeFilter.Standing.PENDING;
      case OPTED_IN -> EmployeeFilter.Standing.ACTIVE;
      case WITHDRAWN -> EmployeeFilter.Standing.WITHDRAWN;
    };
  }

  private static EmployeeFilter.@Nullable LastRunIs lastRun(@Nullable RunState state, Instant now) {
    if (state == null) {
      return null;
    }
    boolean stale = state == RunState.STALE;
    RunResult result = stale ? RunResult.RUNNING : RunResult.valueOf(state.name());
    return new EmployeeFilter.LastRunIs(result, now.minus(Run.STALE_AFTER), stale);
  }
}

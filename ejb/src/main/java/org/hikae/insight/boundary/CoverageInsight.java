package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.entity.RottenObjects;
import org.hikae.caller.boundary.CurrentCaller;
import org.hikae.caller.boundary.FromClient;
import org.hikae.identity.wire.Realm;
import org.hikae.insight.entity.CoverageFigures;
import org.hikae.insight.entity.EmployeeFigures;
import org.hikae.insight.entity.EmployeeFilter;
import org.jspecify.annotations.Nullable;

/** Shows who runs the backup how the whole company stands. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class CoverageInsight {

  /** Age of a last backup that deserves a look. */
  public static final Duration WARN_AFTER = Duration.ofDays(3);

  /** Age of a last backup that deserves a call. */
  public static final Duration CRITICAL_AFTER = Duration.ofDays(7);

  @Inject private CoverageFigures figures;
  @Inject private EmployeeFigures employees;
  @Inject private RottenObjects rottenObjects;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /**
   * A department and how many of it take part.
   *
   * @param path group path at Keycloak
   * @param employees enabled members
   * @param optedIn those of them who take part
   */
  public record Department(String path, long employees, long optedIn) {}

  /** The figures of the overview. */
  public Coverage coverage() {
    Instant now = clock.instant();
    long fresh = figures.devicesBackedUpSince(now.minus(WARN_AFTER));
    long notStale = figures.devicesBackedUpSince(now.minus(CRITICAL_AFTER));
    long never = figures.devicesNeverBackedUp();
    long total = figures.devices();
    return new Coverage(
        new Coverage.People(
            people(null),
            people(EmployeeFilter.Standing.ACTIVE),
            people(EmployeeFilter.Standing.PENDING),
            people(EmployeeFilter.Standing.WITHDRAWN)),
        new Coverage.Devices(total, fresh, notStale - fresh, total - notStale - never, never),
        figures.storedBytes());
  }

  /** What is stored for everybody. */
  public StorageTotals storage() {
    CoverageFigures.StorageFigure sums = figures.storage();
    return new StorageTotals(
        sums.employees(),
        sums.liveBytes(),
        sums.heldBytes(),
        figures.storedBytes(),
        rottenObjects.countOpen());
  }

  /** All departments. */
  public List<Department> departments() {
    return figures.departments().stream()
        .map(found -> new Department(found.path(), found.employees(), found.optedIn()))
        .toList();
  }

  /**
   * What people of the caller's realm are called now, by {@code sub}; unknown ones are left out.
   */
  public Map<String, String> names(Set<String> subjects) {
    return figures.names(currentCaller.caller().issuer(), subjects);
  }

  private long people(EmployeeFilter.@Nullable Standing standing) {
    return employees.count(
        new EmployeeFilter("", standing, null, EmployeeFilter.Order.NAME, false));
  }
}

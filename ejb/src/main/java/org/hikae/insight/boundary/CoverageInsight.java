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
import org.hikae.insight.control.SharedCoverage;
import org.hikae.insight.entity.CoverageFigures;
import org.hikae.insight.entity.CoverageFigures.DeviceFigure;
import org.hikae.insight.entity.EmployeeFilter;

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
  @Inject private SharedCoverage shared;
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

  /** The figures of the overview; those of devices may be two seconds old. */
  public Coverage coverage() {
    Instant now = clock.instant();
    DeviceFigure devices =
        shared.get(now, () -> figures.devices(now.minus(WARN_AFTER), now.minus(CRITICAL_AFTER)));
    long stale = devices.total() - devices.fresh() - devices.late() - devices.never();
    Map<EmployeeFilter.Standing, Long> people = figures.people();
    return new Coverage(
        new Coverage.People(
            people.values().stream().mapToLong(Long::longValue).sum(),
            people.getOrDefault(EmployeeFilter.Standing.ACTIVE, 0L),
            people.getOrDefault(EmployeeFilter.Standing.PENDING, 0L),
            people.getOrDefault(EmployeeFilter.Standing.WITHDRAWN, 0L)),
        new Coverage.Devices(
            devices.total(), devices.fresh(), devices.late(), stale, devices.never()),
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
}

package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.view.Caller;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.service.LegalHoldDisclosure;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.service.BackupVerdictReader;
import org.hikae.insight.service.DetailViewMapper;
import org.hikae.insight.store.OwnFigures;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.insight.view.BackupVerdict;
import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.OwnOverview;
import org.hikae.insight.view.OwnSnapshots;
import org.hikae.problem.control.PageRequest;

/**
 * Shows an employee their own backup. Who that is comes from the sign-in alone; someone whom the
 * directory does not know yet sees an empty one.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class OwnBackupQueries {

  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeStore employees;
  @Inject private BackupSetStore sets;
  @Inject private OwnFigures figures;
  @Inject private LegalHoldDisclosure shownLegalHolds;
  @Inject private BackupVerdictReader verdicts;
  @Inject private Clock clock;

  /** Everything on one page, but the snapshots. */
  public OwnOverview overview() {
    Optional<Long> employeeId = employeeId();
    return employeeId.map(this::overview).orElseGet(OwnOverview::empty);
  }

  /** Whether the employee is protected; not offered for whom the directory does not know yet. */
  public BackupVerdict verdict() {
    return employeeId()
        .map(employeeId -> verdicts.of(employeeId, clock.instant()))
        .orElseGet(() -> BackupVerdict.of(BackupVerdictState.NOT_OFFERED));
  }

  /**
   * A page of the employee's snapshots.
   *
   * @param sort what to order by
   * @param descending newest or largest first
   * @param offset snapshots to skip, from 0
   * @param asked how many, at most {@link OwnSnapshots#MAX_LIMIT}
   */
  public OwnSnapshots snapshots(
      OwnSnapshots.Sort sort, boolean descending, int offset, PageRequest asked) {
    int limit = asked.within(OwnSnapshots.MAX_LIMIT);
    if (offset < 0) {
      throw new IllegalArgumentException("offset must not be negative");
    }
    Optional<Long> employeeId = employeeId();
    if (employeeId.isEmpty()) {
      return new OwnSnapshots(List.of(), 0);
    }
    boolean bySize = sort == OwnSnapshots.Sort.SIZE;
    return new OwnSnapshots(
        figures.snapshots(employeeId.get(), bySize, descending, offset, limit).stream()
            .map(OwnBackupQueries::row)
            .toList(),
        figures.snapshots(employeeId.get()));
  }

  private static OwnSnapshots.Row row(OwnFigures.SnapshotFigure figure) {
    return new OwnSnapshots.Row(
        figure.snapshotId(),
        figure.deviceName(),
        figure.sequence(),
        figure.committedAt(),
        figure.files(),
        figure.plainBytes(),
        figure.storedBytes());
  }

  private OwnOverview overview(long employeeId) {
    Instant now = clock.instant();
    EmployeeFigure employee = figures.employee(employeeId).orElseThrow();
    Optional<BackupSet> set = sets.current(employeeId);
    OwnFigures.Stored stored = figures.stored(employeeId);
    List<OwnOverview.OwnDevice> devices =
        figures.devices(employeeId).stream()
            .map(device -> DetailViewMapper.device(device, now))
            .toList();
    return new OwnOverview(
        employee.optIn(),
        set.map(BackupSet::setId).orElse(null),
        set.map(BackupSet::generation).orElse(0L),
        stored.bytes(),
        stored.objects(),
        figures.snapshots(employeeId),
        employee.lastBackupAt(),
        OwnOverview.lastBackupBy(devices),
        devices,
        figures.wraps(employeeId).stream().map(DetailViewMapper::protection).toList(),
        shownLegalHolds.since(employeeId).orElse(null));
  }

  private Optional<Long> employeeId() {
    Caller caller = currentCaller.caller();
    return employees.find(caller.issuer(), caller.subject()).map(Employee::employeeId);
  }
}

package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.control.RunReportParser;
import org.hikae.backup.entity.Run;
import org.hikae.backup.service.ChangeAlarms;
import org.hikae.backup.store.RunStore;
import org.hikae.backup.value.ReportedRun;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.DeviceActivity;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.service.OverdueDevices;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.view.EmployeeChanged;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what devices report of their runs. A report replaces the one before; the report that ends a
 * run may be sent again, any other after it is a conflict. Restores are reported by employees who
 * have withdrawn, too, so no active set is asked for.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class RunReportCommands {

  /** Ends that somebody should look at. */
  private static final Set<RunResult> FAILURES =
      EnumSet.of(
          RunResult.NETWORK,
          RunResult.REFUSED,
          RunResult.CORRUPT,
          RunResult.LOCKED,
          RunResult.LOCAL,
          RunResult.INTERNAL);

  @Inject private DeviceAuthenticator authenticator;
  @Inject private DeviceActivity activity;
  @Inject private RunStore runs;
  @Inject private EmployeeLock employeeLock;
  @Inject private ChangeAlarms changeAlarms;
  @Inject private OverdueDevices devices;
  @Inject private Outbox outbox;
  @Inject private Event<EmployeeChanged> changed;
  @Inject private Clock clock;

  /** Takes the start, a heartbeat or the end of a run of the calling device. */
  public void report(@Nullable String session, String runId, RunReport report) {
    DeviceCaller device = authenticator.admit(session);
    ReportedRun checked = check(runId, report);
    Optional<ChangeFigures> changes = changes(report);
    Instant now = clock.instant();
    // Whoever removes something of the employee's holds them, and asks for an alarm then.
    changes.ifPresent(_ -> employeeLock.lock(device.employeeId()));
    // Held so that two first reports of one run become one row.
    activity.lock(device);
    Optional<Run> known = runs.lock(device.deviceId(), runId);
    if (known.isEmpty()) {
      long employeeId = device.employeeId();
      Run added = runs.add(new Run(runId, device.deviceId(), employeeId, checked, now), employeeId);
      changes.ifPresent(told -> changeAlarms.told(added, told, now));
      tellFailure(device, checked, now);
      changed.fire(new EmployeeChanged(employeeId));
      return;
    }
    Run run = known.get();
    if (run.endedWith(checked)) {
      return;
    }
    if (run.ended() || run.kind() != checked.kind()) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    run.report(checked, now);
    changes.ifPresent(told -> changeAlarms.told(run, told, now));
    tellFailure(device, checked, now);
    changed.fire(new EmployeeChanged(device.employeeId()));
  }

  /** Once a day: what fails each hour need not be said each hour. */
  private void tellFailure(DeviceCaller device, ReportedRun report, Instant now) {
    if (report.kind() == RunReport.Kind.BACKUP && FAILURES.contains(report.result())) {
      tell(device, NoticeKind.BACKUP_FAILED, now);
    } else if (report.kind() == RunReport.Kind.VERIFY && report.result() == RunResult.CORRUPT) {
      tell(device, NoticeKind.VERIFY_DAMAGED, now);
    }
  }

  private void tell(DeviceCaller device, NoticeKind kind, Instant now) {
    outbox.tellOnce(
        device.deviceId() + " " + LocalDate.ofInstant(now, ZoneOffset.UTC),
        device.employeeId(),
        kind,
        Map.of("deviceId", device.deviceId(), "name", devices.nameOf(device.deviceId())));
  }

  private static Optional<ChangeFigures> changes(RunReport report) {
    try {
      return RunReportParser.changes(report);
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }

  private static ReportedRun check(String runId, RunReport report) {
    try {
      TextCodec.parseId("runId", runId);
      return RunReportParser.of(report);
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }
}

package org.hikae.insight.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hikae.enrollment.service.ConsentRenewal;
import org.hikae.enrollment.wire.Reconsent;
import org.hikae.hk1.WrapMethod;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.view.EmployeeView;
import org.hikae.insight.control.BackupVerdictRules;
import org.hikae.insight.control.BackupVerdictRules.BackupReport;
import org.hikae.insight.control.BackupVerdictRules.DeviceFacts;
import org.hikae.insight.control.BackupVerdictRules.EmployeeFacts;
import org.hikae.insight.store.OwnFigures;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.insight.value.LastRun;
import org.hikae.insight.view.BackupVerdict;
import org.hikae.insight.view.RunState;
import org.hikae.policy.service.Policies;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.service.RolloutDecision;
import org.jspecify.annotations.Nullable;

/** Reads what the verdict on an employee's backup is decided by; in its caller's transaction. */
@ApplicationScoped
public class BackupVerdictReader {

  @Inject private OwnFigures figures;
  @Inject private RolloutDecision rolloutDecision;
  @Inject private ConsentRenewal consentRenewal;
  @Inject private VaultEventReader vaultEvents;
  @Inject private EmployeeDirectory directory;
  @Inject private Policies policies;

  /** The verdict now; refused as not found when there is no such employee. */
  public BackupVerdict of(long employeeId, Instant now) {
    EmployeeFigure employee = figures.employee(employeeId).orElseThrow(Refusal::notFound);
    EmployeeFacts facts =
        new EmployeeFacts(
            employee.optIn(),
            rolloutDecision.offered(employeeId),
            consentRenewal.open(employeeId).filter(Reconsent::paused).isPresent(),
            passwordLost(employeeId));
    Map<String, LastRun> tries =
        figures.backupRuns(employeeId).stream()
            .collect(
                Collectors.toMap(
                    OwnFigures.BackupRunFigure::deviceId, OwnFigures.BackupRunFigure::run));
    List<DeviceFacts> devices =
        figures.devices(employeeId).stream()
            .map(device -> device(device, tries.get(device.deviceId()), now))
            .toList();
    return BackupVerdictRules.of(
        facts, devices, policies.missedBackupThresholds(employeeId).missed(), now);
  }

  private static DeviceFacts device(
      OwnFigures.DeviceFigure figure, @Nullable LastRun newest, Instant now) {
    return new DeviceFacts(
        figure.name(),
        figure.state(),
        figure.seen().enrolledAt(),
        figure.seen().lastBackupAt(),
        newest == null
            ? null
            : new BackupReport(
                newest.reportedAt(), Objects.requireNonNull(RunState.of(newest, now))));
  }

  /** The vault's events are read only where nothing but a password opens the backup. */
  private boolean passwordLost(long employeeId) {
    List<WrapMethod> methods =
        figures.wraps(employeeId).stream().map(OwnFigures.WrapFigure::method).toList();
    if (!methods.contains(WrapMethod.PASSWORD_VAULT) || methods.contains(WrapMethod.DIGIT_KEY)) {
      return false;
    }
    EmployeeView employee = directory.find(employeeId).orElseThrow(Refusal::notFound);
    return BackupVerdictRules.isPasswordLost(
        vaultEvents.newest(employee.issuer(), employee.subject(), Optional.of(employeeId)));
  }
}

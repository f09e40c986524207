package org.hikae.insight.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.enrollment.service.ConsentRenewal;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.hk1.WrapMethod;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.view.EmployeeView;
import org.hikae.insight.control.BackupVerdictRules;
import org.hikae.insight.control.BackupVerdictRules.BackupReport;
import org.hikae.insight.control.BackupVerdictRules.DeviceFacts;
import org.hikae.insight.control.BackupVerdictRules.EmployeeFacts;
import org.hikae.insight.store.EmployeeFigures;
import org.hikae.insight.store.VerdictFigures;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.insight.value.LastRun;
import org.hikae.insight.view.BackupVerdict;
import org.hikae.insight.view.RunState;
import org.hikae.policy.service.Policies;
import org.hikae.policy.view.MissedBackupThresholds;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.service.RolloutDecision;
import org.jspecify.annotations.Nullable;

/** Reads what the verdict on an employee's backup is decided by; in its caller's transaction. */
@ApplicationScoped
public class BackupVerdictReader {

  @Inject private EmployeeFigures employees;
  @Inject private VerdictFigures figures;
  @Inject private RolloutDecision rolloutDecision;
  @Inject private ConsentRenewal consentRenewal;
  @Inject private VaultEventReader vaultEvents;
  @Inject private EmployeeDirectory directory;
  @Inject private Policies policies;

  /** The verdict now; refused as not found when there is no such employee. */
  public BackupVerdict of(long employeeId, Instant now) {
    EmployeeFigure employee = employees.one(employeeId).orElseThrow(Refusal::notFound);
    return Objects.requireNonNull(of(List.of(employee), now).get(employeeId));
  }

  /**
   * The verdicts now, by number. A few queries for a hundred people; only of those whose backup
   * nothing but a password opens the vault's events are read, one person after the other.
   */
  public Map<Long, BackupVerdict> of(List<EmployeeFigure> people, Instant now) {
    Map<Long, BackupVerdict> verdicts = new HashMap<>();
    for (int from = 0; from < people.size(); from += VerdictFigures.MAX_EMPLOYEES) {
      int end = Math.min(people.size(), from + VerdictFigures.MAX_EMPLOYEES);
      decide(people.subList(from, end), now, verdicts);
    }
    return verdicts;
  }

  private void decide(List<EmployeeFigure> people, Instant now, Map<Long, BackupVerdict> verdicts) {
    Set<Long> offered = rolloutDecision.offered(ids(people, OptInState.NOT_OPTED_IN));
    ParticipantFacts participants = participants(ids(people, OptInState.OPTED_IN), now);
    for (EmployeeFigure person : people) {
      long id = person.employeeId();
      boolean paused = participants.paused().contains(id);
      EmployeeFacts facts =
          new EmployeeFacts(
              person.optIn(),
              offered.contains(id),
              paused,
              !paused && passwordLost(id, participants.methods().getOrDefault(id, Set.of())));
      MissedBackupThresholds thresholds = participants.thresholds().get(id);
      verdicts.put(
          id,
          BackupVerdictRules.of(
              facts,
              participants.devices().getOrDefault(id, List.of()),
              thresholds == null ? Duration.ZERO : thresholds.missed(),
              now));
    }
  }

  private static Set<Long> ids(List<EmployeeFigure> people, OptInState state) {
    return people.stream()
        .filter(person -> person.optIn() == state)
        .map(EmployeeFigure::employeeId)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What concerns only those who take part, by their numbers. */
  private record ParticipantFacts(
      Set<Long> paused,
      Map<Long, Set<WrapMethod>> methods,
      Map<Long, List<DeviceFacts>> devices,
      Map<Long, MissedBackupThresholds> thresholds) {}

  private ParticipantFacts participants(Set<Long> employeeIds, Instant now) {
    if (employeeIds.isEmpty()) {
      return new ParticipantFacts(Set.of(), Map.of(), Map.of(), Map.of());
    }
    Map<String, LastRun> tries =
        figures.backupRuns(employeeIds).stream()
            .collect(
                Collectors.toMap(
                    VerdictFigures.BackupRunFigure::deviceId, VerdictFigures.BackupRunFigure::run));
    Map<Long, List<DeviceFacts>> devices =
        figures.devices(employeeIds).stream()
            .collect(
                Collectors.groupingBy(
                    VerdictFigures.DeviceFigure::employeeId,
                    Collectors.mapping(
                        device -> device(device, tries.get(device.deviceId()), now),
                        Collectors.toList())));
    return new ParticipantFacts(
        consentRenewal.paused(employeeIds),
        figures.wrapMethods(employeeIds),
        devices,
        policies.missedBackupThresholds(employeeIds));
  }

  private static DeviceFacts device(
      VerdictFigures.DeviceFigure figure, @Nullable LastRun newest, Instant now) {
    return new DeviceFacts(
        figure.name(),
        figure.state(),
        figure.enrolledAt(),
        figure.lastBackupAt(),
        newest == null
            ? null
            : new BackupReport(
                newest.reportedAt(), Objects.requireNonNull(RunState.of(newest, now))));
  }

  /** The vault's events are read only where nothing but a password opens the backup. */
  private boolean passwordLost(long employeeId, Set<WrapMethod> methods) {
    if (!methods.contains(WrapMethod.PASSWORD_VAULT) || methods.contains(WrapMethod.DIGIT_KEY)) {
      return false;
    }
    EmployeeView employee = directory.find(employeeId).orElseThrow(Refusal::notFound);
    return BackupVerdictRules.isPasswordLost(
        vaultEvents.newest(employee.issuer(), employee.subject(), Optional.of(employeeId)));
  }
}

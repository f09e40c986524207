package org.hikae.identity.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.audit.service.AuditTrail;
import org.hikae.identity.control.MassLeavePolicy;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.entity.MassLeave;
import org.hikae.identity.entity.MassLeaver;
import org.hikae.identity.store.DirectoryStateStore;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.identity.store.MassLeaveStore;
import org.hikae.identity.value.EmployeeState;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.runtime.service.Settings;

/**
 * Decides who is marked as a leaver when a read has ended: too many at once are not, and an
 * administrator is asked.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LeaverDetectionSteps {

  /** Leavers marked in one transaction. */
  static final int BATCH = 500;

  private static final Duration WINDOW = Duration.ofDays(1);
  private static final String PART = "directory";

  @Inject private DirectoryStateStore states;
  @Inject private EmployeeStore employees;
  @Inject private MassLeaveStore massLeaves;
  @Inject private Settings settings;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /**
   * Who is marked.
   *
   * @param mark people to mark
   * @param asked people about whom an administrator is asked, or was asked before
   */
  public record DetectedLeavers(List<DirectoryWriter.FoundLeaver> mark, int asked) {}

  /**
   * Decides, and asks where it must.
   *
   * @param complete whether everybody was read
   */
  public DetectedLeavers decide(
      String issuer, List<DirectoryWriter.FoundLeaver> foundLeaver, boolean complete) {
    // An administrator may be deciding about the last finding.
    states.lock();
    Map<Long, EmployeeState> found = new HashMap<>();
    Set<Long> newly = new HashSet<>();
    for (DirectoryWriter.FoundLeaver each : foundLeaver) {
      found.put(each.employeeId(), each.state());
      if (each.wasHere()) {
        newly.add(each.employeeId());
      }
    }
    Optional<MassLeave> standing = massLeaves.standing();
    Set<Long> asked = new HashSet<>();
    for (MassLeaver each : standing.map(s -> massLeaves.leavers(s.findingId())).orElse(List.of())) {
      asked.add(each.employeeId());
      found.putIfAbsent(each.employeeId(), each.state());
    }
    MassLeavePolicy policy =
        new MassLeavePolicy(
            employees.countEnabled(issuer), settings.leaverStopPercent(), recent(issuer));
    MassLeavePolicy.Decision decision = policy.decide(newly, asked, complete);
    if (!decision.ask().equals(asked)) {
      ask(issuer, standing, decision.ask(), found, policy);
    }
    List<DirectoryWriter.FoundLeaver> mark =
        foundLeaver.stream()
            .filter(each -> !each.wasHere() || decision.mark().contains(each.employeeId()))
            .toList();
    return new DetectedLeavers(mark, decision.ask().size());
  }

  private long recent(String issuer) {
    Instant day = clock.instant().minus(WINDOW);
    Instant since = massLeaves.lastConfirmedAt().filter(day::isBefore).orElse(day);
    return employees.countLeftAfter(issuer, since);
  }

  private void ask(
      String issuer,
      Optional<MassLeave> before,
      Set<Long> people,
      Map<Long, EmployeeState> found,
      MassLeavePolicy policy) {
    before.ifPresent(massLeaves::replace);
    if (people.isEmpty()) {
      return;
    }
    Map<Long, EmployeeState> leavers = new HashMap<>();
    people.forEach(id -> leavers.put(id, found.getOrDefault(id, EmployeeState.GONE)));
    MassLeave finding =
        massLeaves.add(
            new MassLeave(
                issuer, clock.instant(), leavers.size(), Math.toIntExact(policy.enabled())),
            leavers);
    Map<String, String> detail =
        Map.of(
            "findingId", Long.toString(finding.findingId()),
            "leavers", Integer.toString(leavers.size()),
            "enabled", Long.toString(policy.enabled()),
            "limit", Long.toString(policy.limit()));
    outbox.tellAdmins(NoticeKind.MASS_LEAVE, detail);
    trail.recordSystem(PART, "directory.mass-leave", "finding:" + finding.findingId(), detail);
  }

  /**
   * Marks the next people of a finding that an administrator has confirmed.
   *
   * @return how many; 0 when all are marked
   */
  public int markConfirmed() {
    states.lock();
    List<MassLeaver> next = massLeaves.unmarked(BATCH);
    Map<Long, EmployeeState> found = new HashMap<>();
    next.forEach(each -> found.put(each.employeeId(), each.state()));
    Instant at = massLeaves.lastConfirmedAt().orElseGet(clock::instant);
    if (!next.isEmpty()) {
      for (Employee employee : employees.byIds(found.keySet())) {
        EmployeeState state = found.getOrDefault(employee.employeeId(), employee.state());
        if (employee.state() == EmployeeState.ENABLED) {
          trail.recordSystem(
              PART,
              "employee.state",
              "employee:" + employee.employeeId(),
              Map.of("from", employee.state().name(), "to", state.name()));
          employee.leave(state, at);
        }
      }
      next.forEach(MassLeaver::mark);
    }
    return next.size();
  }
}

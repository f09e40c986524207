package org.hikae.identity.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.audit.boundary.AuditTrail;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.entity.EmployeeState;
import org.hikae.identity.entity.Employees;
import org.hikae.identity.entity.GroupMoves;

/** The writing half of {@link DirectorySync}: each method is one short transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DirectoryPages {

  /** Most people that one run asks Keycloak about by id; the next run goes on. */
  private static final int MAX_DOUBTFUL = 500;

  @Inject private Employees employees;
  @Inject private GroupMoves moves;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** Writes one page and returns how many people were new. */
  public int apply(
      String issuer, List<DirectoryPerson> page, Map<String, Set<String>> groups, Instant at) {
    int added = 0;
    for (DirectoryPerson person : page) {
      Optional<Employee> known = employees.find(issuer, person.subject());
      Employee employee =
          known.orElseGet(() -> employees.add(new Employee(issuer, person.subject(), at)));
      employee.rename(person.username(), person.displayName(), person.email());
      EmployeeState state = person.enabled() ? EmployeeState.ENABLED : EmployeeState.DISABLED;
      if (known.isPresent() && employee.state() != state) {
        recordState(employee, state);
      }
      Set<String> after = groups.getOrDefault(person.subject(), Set.of());
      if (known.isPresent()) {
        moves.add(employee, after, clock.instant());
      }
      employee.synced(state, after, at);
      added += known.isPresent() ? 0 : 1;
    }
    return added;
  }

  /** Subjects that the run started at {@code start} has not seen, a bounded number. */
  public List<String> notSeenSince(String issuer, Instant start) {
    return employees.notSyncedSince(issuer, start, MAX_DOUBTFUL).stream()
        .map(Employee::subject)
        .toList();
  }

  /** The account no longer exists. */
  public void gone(String issuer, String subject) {
    employees
        .find(issuer, subject)
        .ifPresent(
            employee -> {
              recordState(employee, EmployeeState.GONE);
              employee.gone(clock.instant());
            });
  }

  /** Only runs that changed who is there leave a trace; the trail is not a log of timers. */
  public void record(int seen, int added, int gone) {
    if (added + gone > 0) {
      trail.recordSystem(
          "directory",
          "directory.sync",
          "directory",
          Map.of(
              "seen", Integer.toString(seen),
              "added", Integer.toString(added),
              "gone", Integer.toString(gone)));
    }
  }

  private void recordState(Employee employee, EmployeeState state) {
    trail.recordSystem(
        "directory",
        "employee.state",
        "employee:" + employee.employeeId(),
        Map.of("from", employee.state().name(), "to", state.name()));
  }
}

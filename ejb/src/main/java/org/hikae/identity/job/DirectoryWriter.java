package org.hikae.identity.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hikae.audit.service.AuditTrail;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.identity.store.GroupMoveStore;
import org.hikae.identity.value.EmployeeState;
import org.hikae.identity.view.EmployeeChanged;
import org.hikae.identity.view.GroupPaths;

/**
 * Writes what was read of the directory; each method is one short transaction. Nobody becomes a
 * leaver here: those who would are returned, and {@link LeaverDetectionSteps} decides when all are
 * known.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DirectoryWriter {

  /** Employees looked up at a time. */
  static final int PAGE = 1000;

  @Inject private EmployeeStore employees;
  @Inject private GroupMoveStore moves;
  @Inject private AuditTrail trail;
  @Inject private Event<EmployeeChanged> changed;
  @Inject private Clock clock;

  /**
   * Somebody whose account was found disabled or gone.
   *
   * @param employeeId who
   * @param wasHere whether their account was enabled until now
   * @param gone whether the account does not exist any more; else it is disabled
   */
  public record FoundLeaver(long employeeId, boolean wasHere, boolean gone) {

    EmployeeState state() {
      return gone ? EmployeeState.GONE : EmployeeState.DISABLED;
    }
  }

  /**
   * An employee whom Keycloak had when it was last read.
   *
   * @param employeeId who
   * @param subject {@code sub}
   * @param here whether the account is enabled
   */
  public record KnownEmployee(long employeeId, String subject, boolean here) {

    private static KnownEmployee of(EmployeeStore.KnownAccount known) {
      return new KnownEmployee(
          known.employeeId(), known.subject(), known.state() == EmployeeState.ENABLED);
    }
  }

  /**
   * What a page changed.
   *
   * @param added people who were new
   * @param changed people of whom something else was known
   * @param leaving people whose account is enabled here and disabled there
   */
  public record Applied(int added, int changed, List<FoundLeaver> leaving) {}

  /** Writes one page. */
  public Applied apply(
      String issuer, List<DirectoryPerson> page, Map<String, Set<String>> groups, Instant at) {
    Map<String, Employee> known =
        employees.bySubjects(issuer, page.stream().map(DirectoryPerson::subject).toList()).stream()
            .collect(Collectors.toMap(Employee::subject, Function.identity()));
    List<Employee> newcomers = new ArrayList<>();
    int changed = 0;
    List<FoundLeaver> foundLeaver = new ArrayList<>();
    for (DirectoryPerson person : page) {
      Set<String> after =
          groups.getOrDefault(person.subject(), Set.of()).stream()
              .filter(GroupPaths::isValid)
              .collect(Collectors.toSet());
      Employee employee = known.get(person.subject());
      if (employee == null) {
        newcomers.add(newcomer(issuer, person, after, at));
      } else {
        changed += update(employee, person, after, at) ? 1 : 0;
        if (employee.state() == EmployeeState.ENABLED && !person.enabled()) {
          foundLeaver.add(new FoundLeaver(employee.employeeId(), true, false));
        }
      }
    }
    employees.addAll(newcomers);
    newcomers.forEach(this::changed);
    return new Applied(newcomers.size(), changed, foundLeaver);
  }

  private static Employee newcomer(
      String issuer, DirectoryPerson person, Set<String> groups, Instant at) {
    Employee employee = new Employee(issuer, person.subject(), at);
    employee.rename(person.username(), person.displayName(), person.email());
    employee.synced(stateOf(person), groups, at);
    return employee;
  }

  private boolean update(Employee employee, DirectoryPerson person, Set<String> after, Instant at) {
    // Who has left stays as they are until they are back, but for an account that was deleted and
    // is there again.
    EmployeeState state =
        employee.state() == EmployeeState.ENABLED ? EmployeeState.ENABLED : stateOf(person);
    boolean named = employee.isCalled(person.username(), person.displayName(), person.email());
    if (named && employee.state() == state && employee.groups().equals(after)) {
      return false;
    }
    employee.rename(person.username(), person.displayName(), person.email());
    if (employee.state() != state) {
      recordState(employee, state);
    }
    moves.add(employee, after, clock.instant());
    employee.synced(state, after, at);
    changed(employee);
    return true;
  }

  private void changed(Employee employee) {
    changed.fire(new EmployeeChanged(employee.employeeId()));
  }

  private static EmployeeState stateOf(DirectoryPerson person) {
    return person.enabled() ? EmployeeState.ENABLED : EmployeeState.DISABLED;
  }

  /** Employees above a number, at most {@link #PAGE}, without those who are gone. */
  public List<KnownEmployee> knownAfter(String issuer, long employeeId) {
    return employees.knownAfter(issuer, employeeId, PAGE).stream().map(KnownEmployee::of).toList();
  }

  /** Which of these subjects are employees who are not gone. */
  public List<KnownEmployee> knownAmong(String issuer, Collection<String> subjects) {
    return employees.bySubjects(issuer, subjects).stream()
        .filter(employee -> employee.state() != EmployeeState.GONE)
        .map(
            employee ->
                new KnownEmployee(
                    employee.employeeId(),
                    employee.subject(),
                    employee.state() == EmployeeState.ENABLED))
        .toList();
  }

  /** Which of these subjects are employees who are in no group, as far as is known here. */
  public List<String> groupless(String issuer, Collection<String> subjects) {
    return employees.bySubjects(issuer, subjects).stream()
        .filter(employee -> employee.groups().isEmpty())
        .map(Employee::subject)
        .toList();
  }

  /** Every group path that an employee has. */
  public List<String> groupPaths(String issuer) {
    return employees.groupPaths(issuer);
  }

  /** Subjects of the employees in these groups. */
  public List<String> subjectsIn(String issuer, Collection<String> paths, int limit) {
    return employees.subjectsIn(issuer, paths, limit);
  }

  /** Marks people as leavers. */
  public void mark(List<FoundLeaver> leavers, Instant at) {
    Map<Long, EmployeeState> states =
        leavers.stream()
            .collect(
                Collectors.toMap(FoundLeaver::employeeId, FoundLeaver::state, (_, last) -> last));
    for (Employee employee : employees.byIds(states.keySet())) {
      EmployeeState state = states.getOrDefault(employee.employeeId(), employee.state());
      if (employee.state() != state) {
        recordState(employee, state);
        employee.leave(state, at);
      }
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

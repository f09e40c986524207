package org.hikae.identity.service;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.view.Caller;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.identity.value.EmployeeState;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** Who in the directory is calling. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
public class EmployeeDirectory {

  @Inject private EmployeeStore employees;
  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeRegistration employeeRegistration;

  /**
   * The caller as an employee; made known from the token when no sync has seen them yet.
   *
   * @throws Refusal when the account is disabled or gone
   */
  public EmployeeView me() {
    Caller caller = currentCaller.caller();
    if (caller.isAutomation()) {
      // Service accounts have the role of every employee by default, and are none.
      throw Refusal.of(ProblemCode.FORBIDDEN);
    }
    Employee employee =
        employees
            .find(caller.issuer(), caller.subject())
            .or(
                () -> {
                  meet(caller);
                  return employees.find(caller.issuer(), caller.subject());
                })
            .orElseThrow(() -> new IllegalStateException("A new employee was not kept"));
    if (employee.state() != EmployeeState.ENABLED) {
      throw Refusal.of(ProblemCode.EMPLOYEE_DISABLED);
    }
    return view(employee);
  }

  /**
   * Two first calls at once both come here; the unique (issuer, subject) lets one of them keep the
   * row.
   */
  private void meet(Caller caller) {
    try {
      employeeRegistration.keep(caller);
    } catch (EJBException e) {
      if (employees.find(caller.issuer(), caller.subject()).isEmpty()) {
        throw e;
      }
    }
  }

  /**
   * Lets pass who asks about an employee whom the directory has, whatever the state of their
   * account.
   *
   * @throws Refusal as not found when there is no such employee
   */
  @PermitAll
  public void requireKnown(long employeeId) {
    if (employees.find(employeeId).isEmpty()) {
      throw Refusal.notFound();
    }
  }

  /** Group paths of an employee. */
  @PermitAll
  public Set<String> groupsOf(long employeeId) {
    return employees.find(employeeId).map(Employee::groups).orElse(Set.of());
  }

  /** The same of these employees, by number; without those who are in no group. */
  @PermitAll
  public Map<Long, Set<String>> groupsOf(Collection<Long> employeeIds) {
    return employeeIds.isEmpty() ? Map.of() : employees.groupsOf(employeeIds);
  }

  /** What these employees are called, whatever the state of their accounts. */
  @PermitAll
  public Map<Long, String> names(Collection<Long> employeeIds) {
    return employeeIds.isEmpty()
        ? Map.of()
        : employees.byIds(employeeIds).stream()
            .collect(Collectors.toUnmodifiableMap(Employee::employeeId, Employee::displayName));
  }

  /** The employee with this number, whatever the state of their account. */
  @PermitAll
  public Optional<EmployeeView> find(long employeeId) {
    return employees.find(employeeId).map(EmployeeDirectory::view);
  }

  /** Whether this person is known, and their account is known to be disabled or gone. */
  @PermitAll
  public boolean hasLeft(String issuer, String subject) {
    return employees
        .find(issuer, subject)
        .filter(employee -> employee.state().hasLeft())
        .isPresent();
  }

  private static EmployeeView view(Employee employee) {
    return new EmployeeView(
        employee.employeeId(),
        employee.issuer(),
        employee.subject(),
        employee.displayName(),
        employee.groups());
  }
}

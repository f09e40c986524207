package org.hikae.identity.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.identity.value.EmployeeState;

/** Whose account is disabled or gone, for the use cases of other capabilities. */
@Stateless
@PermitAll
public class LeaverAccounts {

  /** Most people in one answer. */
  public static final int MAX_PAGE = 500;

  @Inject private EmployeeStore employees;

  /**
   * Somebody whose account is disabled or gone.
   *
   * @param employeeId who
   * @param displayName name for people
   * @param account DISABLED or GONE
   * @param leftAt since when
   */
  public record LeaverAccount(
      long employeeId, String displayName, EmployeeState account, Instant leftAt) {}

  /** Leavers of a scope above a number, ascending. */
  public List<LeaverAccount> after(DepartmentScope scope, long employeeId, int limit) {
    return employees.leaversAfter(scope, employeeId, Math.min(limit, MAX_PAGE)).stream()
        .flatMap(
            employee -> {
              Instant leftAt = employee.leftAt();
              return leftAt == null ? Stream.empty() : Stream.of(left(employee, leftAt));
            })
        .toList();
  }

  private static LeaverAccount left(Employee employee, Instant leftAt) {
    return new LeaverAccount(
        employee.employeeId(), employee.displayName(), employee.state(), leftAt);
  }

  /** Those of these employees who may act: they never left, or are back. */
  public Set<Long> hereAmong(Collection<Long> employeeIds) {
    return employeeIds.isEmpty()
        ? Set.of()
        : employees.byIds(employeeIds).stream()
            .filter(employee -> employee.state() == EmployeeState.ENABLED)
            .map(Employee::employeeId)
            .collect(Collectors.toUnmodifiableSet());
  }
}

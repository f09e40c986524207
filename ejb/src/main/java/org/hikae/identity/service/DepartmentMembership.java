package org.hikae.identity.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.store.EmployeeStore;

/** Whether employees are within a scope of departments. */
@Stateless
@PermitAll
public class DepartmentMembership {

  @Inject private EmployeeStore employees;

  /** Whether there is this employee, and one of their departments is in the scope. */
  public boolean isIn(DepartmentScope scope, long employeeId) {
    return employees.isIn(scope, employeeId);
  }

  /**
   * Whether all of an employee's departments are in the scope, and there is one: nobody beside it
   * has anything to do with them.
   */
  public boolean isCovered(DepartmentScope scope, long employeeId) {
    if (scope.wholeCompany()) {
      return true;
    }
    Optional<Set<String>> departments =
        employees
            .find(employeeId)
            .map(Employee::groups)
            .map(
                groups ->
                    groups.stream()
                        .filter(path -> !DepartmentScope.isGivenBy(path))
                        .collect(Collectors.toSet()));
    return departments
        .filter(paths -> !paths.isEmpty() && paths.stream().allMatch(scope::includes))
        .isPresent();
  }
}

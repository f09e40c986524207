package org.hikae.identity.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.hikae.identity.entity.Employees;
import org.hikae.notice.boundary.AddressBook;

/** Tells notices where employees are reached, by the directory's copy. */
@ApplicationScoped
class EmployeeAddresses implements AddressBook {

  @Inject private Employees employees;

  @Override
  public Optional<Reachable> find(long employeeId) {
    return employees
        .find(employeeId)
        .map(employee -> new Reachable(employee.email(), employee.groups()));
  }
}

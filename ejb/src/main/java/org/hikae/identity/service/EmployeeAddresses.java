package org.hikae.identity.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.hikae.identity.store.Employees;
import org.hikae.notice.service.AddressBook;

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

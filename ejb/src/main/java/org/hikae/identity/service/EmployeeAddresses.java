package org.hikae.identity.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.notice.service.AddressBook;

/** Tells notices where employees are reached, by the directory's copy. */
@ApplicationScoped
class EmployeeAddresses implements AddressBook {

  @Inject private EmployeeStore employees;
  @Inject private EmployeeDirectory directory;

  @Override
  public Optional<ContactDetails> find(long employeeId) {
    return employees
        .find(employeeId)
        .map(employee -> new ContactDetails(employee.email(), employee.groups()));
  }

  @Override
  public Map<Long, String> names(Collection<Long> employeeIds) {
    return directory.names(employeeIds);
  }
}

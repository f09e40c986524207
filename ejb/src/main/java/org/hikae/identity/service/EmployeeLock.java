package org.hikae.identity.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.identity.store.EmployeeStore;

/** Lets other capabilities decide one thing at a time about one employee. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class EmployeeLock {

  @Inject private EmployeeStore employees;

  /** Waits until no other transaction holds the employee, and holds them until this one ends. */
  public void lock(long employeeId) {
    employees.lock(employeeId);
  }
}

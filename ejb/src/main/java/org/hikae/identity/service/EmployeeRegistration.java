package org.hikae.identity.service;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.hikae.caller.view.Caller;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.identity.value.EmployeeState;
import org.hikae.identity.view.EmployeeChanged;
import org.hikae.identity.wire.RealmNames;

/** Makes an employee known who calls before any sync has seen them, in a transaction of its own. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class EmployeeRegistration {

  @Inject private EmployeeStore employees;
  @Inject private Event<EmployeeChanged> changed;
  @Inject private Clock clock;

  /** Keeps the caller as an employee. */
  public void keep(Caller caller) {
    Instant now = clock.instant();
    Employee employee = new Employee(caller.issuer(), caller.subject(), now);
    employee.rename(
        caller.names().username(), caller.names().displayName(), caller.names().email());
    employee.synced(EmployeeState.ENABLED, caller.groups(), now);
    employees.add(employee);
    changed.fire(new EmployeeChanged(employee.employeeId()));
  }
}

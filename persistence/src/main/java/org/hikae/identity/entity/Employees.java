package org.hikae.identity.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.schema.entity.Repository;

/** The employees, found by (issuer, subject) or by internal id. */
@ApplicationScoped
public class Employees extends Repository {

  /** Makes a new employee known. */
  public Employee add(Employee employee) {
    em().persist(employee);
    em().flush();
    return employee;
  }

  /** The employee that this (issuer, subject) is. */
  public Optional<Employee> find(String issuer, String subject) {
    return only(
        em().createQuery(
                "select e from Employee e where e.issuer = :issuer and e.subject = :subject",
                Employee.class)
            .setParameter("issuer", issuer)
            .setParameter("subject", subject)
            .getResultList());
  }

  /** The employee with this internal id. */
  public Optional<Employee> find(long employeeId) {
    return Optional.ofNullable(em().find(Employee.class, employeeId));
  }

  /**
   * Locks the employee's row, so that what is decided about their set or devices is decided once.
   */
  public void lock(long employeeId) {
    em().find(Employee.class, employeeId, LockModeType.PESSIMISTIC_WRITE);
  }

  /**
   * Employees of one realm that no sync has seen since {@code start}, without those who are gone.
   */
  public List<Employee> notSyncedSince(String issuer, Instant start, int limit) {
    return em().createQuery(
            "select e from Employee e where e.issuer = :issuer and e.state <> :gone"
                + " and (e.syncedAt is null or e.syncedAt < :start) order by e.employeeId",
            Employee.class)
        .setParameter("issuer", issuer)
        .setParameter("gone", EmployeeState.GONE)
        .setParameter("start", start)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }
}

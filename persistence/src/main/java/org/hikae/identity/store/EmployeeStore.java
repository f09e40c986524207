package org.hikae.identity.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.value.EmployeeState;
import org.hikae.schema.store.EntityStore;

/** The employees, found by (issuer, subject) or by internal id. */
@ApplicationScoped
public class EmployeeStore extends EntityStore {

  /** For the container. */
  public EmployeeStore() {}

  /** For tests without a container. */
  public EmployeeStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Makes a new employee known. */
  public Employee add(Employee employee) {
    em().persist(employee);
    em().flush();
    return employee;
  }

  /** Makes several new employees known. */
  public void addAll(Collection<Employee> several) {
    several.forEach(em()::persist);
    em().flush();
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

  /** Whether there is this employee, and the scope has them. */
  public boolean isIn(DepartmentScope scope, long employeeId) {
    TypedQuery<Long> query =
        em().createQuery(
                "select e.employeeId from Employee e where e.employeeId = :employee"
                    + scope.and("e.employeeId"),
                Long.class)
            .setParameter("employee", employeeId);
    scope.parameters().forEach(query::setParameter);
    return !query.getResultList().isEmpty();
  }

  /**
   * Locks the employee's row, so that what is decided about their set or devices is decided once.
   */
  public void lock(long employeeId) {
    em().find(Employee.class, employeeId, LockModeType.PESSIMISTIC_WRITE);
  }

  /** Those of these subjects that are known, with their groups. */
  public List<Employee> bySubjects(String issuer, Collection<String> subjects) {
    return em().createQuery(
            "select distinct e from Employee e left join fetch e.groups"
                + " where e.issuer = :issuer and e.subject in :subjects",
            Employee.class)
        .setParameter("issuer", issuer)
        .setParameter("subjects", subjects)
        .getResultList();
  }

  /** The employees with these numbers. */
  public List<Employee> byIds(Collection<Long> employeeIds) {
    return em().createQuery("select e from Employee e where e.employeeId in :ids", Employee.class)
        .setParameter("ids", employeeIds)
        .getResultList();
  }

  /** Group paths of these employees, by number; without those who are in no group. */
  public Map<Long, Set<String>> groupsOf(Collection<Long> employeeIds) {
    Map<Long, Set<String>> groups = new HashMap<>();
    for (Object[] row :
        em().createQuery(
                "select e.employeeId, g from Employee e join e.groups g"
                    + " where e.employeeId in :ids",
                Object[].class)
            .setParameter("ids", employeeIds)
            .getResultList()) {
      groups.computeIfAbsent((Long) row[0], _ -> new HashSet<>()).add((String) row[1]);
    }
    return groups;
  }

  /** An employee whom Keycloak had when it was last read. */
  public record KnownAccount(long employeeId, String subject, EmployeeState state) {}

  /** Employees of one realm above a number, ascending, without those who are gone. */
  public List<KnownAccount> knownAfter(String issuer, long employeeId, int limit) {
    return em().createQuery(
            "select new org.hikae.identity.store.EmployeeStore$KnownAccount(e.employeeId, e.subject, e.state)"
                + " from Employee e where e.issuer = :issuer and e.state <> :gone"
                + " and e.employeeId > :after order by e.employeeId",
            KnownAccount.class)
        .setParameter("issuer", issuer)
        .setParameter("gone", EmployeeState.GONE)
        .setParameter("after", employeeId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** Employees of one realm with an enabled account. */
  public long countEnabled(String issuer) {
    return em().createQuery(
            "select count(e) from Employee e where e.issuer = :issuer and e.state = :enabled",
            Long.class)
        .setParameter("issuer", issuer)
        .setParameter("enabled", EmployeeState.ENABLED)
        .getSingleResult();
  }

  /** Employees of any realm with an enabled account. */
  public long countEnabled() {
    return em().createQuery("select count(e) from Employee e where e.state = :enabled", Long.class)
        .setParameter("enabled", EmployeeState.ENABLED)
        .getSingleResult();
  }

  /** Employees of any realm whose account is disabled or gone. */
  public long countLeavers() {
    return em().createQuery(
            "select count(e) from Employee e where e.leftAt is not null", Long.class)
        .getSingleResult();
  }

  /** Employees of one realm who left after an instant, without those who came as leavers. */
  public long countLeftAfter(String issuer, Instant after) {
    return em().createQuery(
            "select count(e) from Employee e where e.issuer = :issuer and e.leftAt > :after"
                + " and e.leftAt > e.firstSeenAt",
            Long.class)
        .setParameter("issuer", issuer)
        .setParameter("after", after)
        .getSingleResult();
  }

  /** Employees above a number whose account is disabled or gone, ascending. */
  public List<Employee> leaversAfter(DepartmentScope scope, long employeeId, int limit) {
    TypedQuery<Employee> query =
        em().createQuery(
                "select e from Employee e where e.leftAt is not null and e.employeeId > :after"
                    + scope.and("e.employeeId")
                    + " order by e.employeeId",
                Employee.class)
            .setParameter("after", employeeId);
    scope.parameters().forEach(query::setParameter);
    return query.setMaxResults(Math.min(limit, MAX_PAGE)).getResultList();
  }

  /** Every group path that an employee of one realm has. */
  public List<String> groupPaths(String issuer) {
    return em().createQuery(
            "select distinct g from Employee e join e.groups g where e.issuer = :issuer",
            String.class)
        .setParameter("issuer", issuer)
        .getResultList();
  }

  /** Whether anybody is in this group or in one below it. */
  public boolean isAnybodyIn(String groupPath) {
    String below = groupPath.replace("!", "!!").replace("%", "!%").replace("_", "!_").concat("/%");
    return !em().createQuery(
            "select e.employeeId from Employee e join e.groups g"
                + " where g = :group or g like :below escape '!'",
            Long.class)
        .setParameter("group", groupPath)
        .setParameter("below", below)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** Subjects of employees in one of these groups, not of those who are gone. */
  public List<String> subjectsIn(String issuer, Collection<String> groupPaths, int limit) {
    return em().createQuery(
            "select distinct e.subject from Employee e join e.groups g"
                + " where e.issuer = :issuer and e.state <> :gone and g in :paths",
            String.class)
        .setParameter("issuer", issuer)
        .setParameter("gone", EmployeeState.GONE)
        .setParameter("paths", groupPaths)
        .setMaxResults(limit)
        .getResultList();
  }
}

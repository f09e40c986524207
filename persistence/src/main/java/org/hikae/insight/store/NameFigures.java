package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.entity.Employee;
import org.hikae.insight.entity.EmployeeSummary;
import org.hikae.schema.store.EntityStore;

/** Who and what is called so. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class NameFigures extends EntityStore {

  /** For the container. */
  public NameFigures() {}

  /** For tests without a container. */
  public NameFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * Employees of a scope with this in their display name, user name or mail, in any case, by their
   * numbers.
   *
   * @param limit at most {@link #MAX_PAGE}
   */
  public List<Employee> people(String part, DepartmentScope scope, int limit) {
    TypedQuery<Employee> query =
        em().createQuery(
                "select e from EmployeeSummary s join Employee e on e.employeeId = s.employeeId"
                    + " where locate(:text, s.searchText) > 0"
                    + scope.and("e.employeeId")
                    + " order by e.employeeId",
                Employee.class)
            .setParameter("text", EmployeeSummary.key(part));
    scope.parameters().forEach(query::setParameter);
    return query.setMaxResults(Math.min(limit, MAX_PAGE)).getResultList();
  }

  /**
   * Identifiers of devices of people of a scope with this in their name, in any case.
   *
   * @param limit at most {@link #MAX_PAGE}
   */
  public List<String> devices(String part, DepartmentScope scope, int limit) {
    TypedQuery<String> query =
        em().createQuery(
                "select d.deviceId from Device d where locate(:text, lower(d.name)) > 0"
                    + scope.and("d.employeeId")
                    + " order by d.deviceId",
                String.class)
            .setParameter("text", part.toLowerCase(Locale.ROOT));
    scope.parameters().forEach(query::setParameter);
    return query.setMaxResults(Math.min(limit, MAX_PAGE)).getResultList();
  }
}

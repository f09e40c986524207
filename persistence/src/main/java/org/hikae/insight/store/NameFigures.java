package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;
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
   * Employees with this in their display name, user name or mail, in any case, by their numbers.
   *
   * @param limit at most {@link #MAX_PAGE}
   */
  public List<Employee> people(String part, int limit) {
    return em().createQuery(
            "select e from EmployeeSummary s join Employee e on e.employeeId = s.employeeId"
                + " where locate(:text, s.searchText) > 0 order by e.employeeId",
            Employee.class)
        .setParameter("text", EmployeeSummary.key(part))
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /**
   * Identifiers of devices with this in their name, in any case.
   *
   * @param limit at most {@link #MAX_PAGE}
   */
  public List<String> devices(String part, int limit) {
    return em().createQuery(
            "select d.deviceId from Device d where locate(:text, lower(d.name)) > 0"
                + " order by d.deviceId",
            String.class)
        .setParameter("text", part.toLowerCase(Locale.ROOT))
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }
}

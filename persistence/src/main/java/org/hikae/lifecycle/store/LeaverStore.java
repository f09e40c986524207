package org.hikae.lifecycle.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hikae.lifecycle.entity.Leaver;
import org.hikae.schema.store.EntityStore;

/** Leavers, each once until they are back. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class LeaverStore extends EntityStore {

  /** For the container. */
  public LeaverStore() {}

  /** For tests without a container. */
  public LeaverStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Keeps one. */
  public Leaver add(Leaver leaver) {
    em().persist(leaver);
    em().flush();
    return leaver;
  }

  /** What is done with an employee who is not back. */
  public Optional<Leaver> current(long employeeId) {
    return only(
        em().createQuery("select l from Leaver l where l.currentOf = :employee", Leaver.class)
            .setParameter("employee", employeeId)
            .getResultList());
  }

  /** The same of several employees. */
  public List<Leaver> current(Collection<Long> employeeIds) {
    return employeeIds.isEmpty()
        ? List.of()
        : em().createQuery("select l from Leaver l where l.currentOf in :employees", Leaver.class)
            .setParameter("employees", employeeIds)
            .getResultList();
  }

  /** Those who are not back, above an employee's number, ascending. */
  public List<Leaver> currentAfter(long employeeId, int limit) {
    return em().createQuery(
            "select l from Leaver l where l.currentOf > :after order by l.currentOf", Leaver.class)
        .setParameter("after", employeeId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }
}

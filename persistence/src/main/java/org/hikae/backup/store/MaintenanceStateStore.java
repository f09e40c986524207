package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hikae.backup.entity.MaintenanceState;
import org.hikae.schema.store.EntityStore;

/** The row of nightly maintenance and the repositories that it goes through. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class MaintenanceStateStore extends EntityStore {

  /** For the container. */
  public MaintenanceStateStore() {}

  /** For tests without a container. */
  public MaintenanceStateStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** The row as it is. */
  public MaintenanceState read() {
    return em().find(MaintenanceState.class, MaintenanceState.ID);
  }

  /** The row, locked until the transaction ends. */
  public MaintenanceState lock() {
    return em().find(MaintenanceState.class, MaintenanceState.ID, LockModeType.PESSIMISTIC_WRITE);
  }

  /** How many repositories there are. */
  public long repositories() {
    return em().createQuery("select count(r) from BackupRepository r", Long.class)
        .getSingleResult();
  }

  /** Repositories above {@code after}, ascending. */
  public List<Long> repositoriesAfter(long after, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_PAGE);
    }
    return em().createQuery(
            "select r.id from BackupRepository r where r.id > :after order by r.id", Long.class)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }
}

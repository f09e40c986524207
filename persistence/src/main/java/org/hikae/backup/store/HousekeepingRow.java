package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hikae.backup.entity.Housekeeping;
import org.hikae.schema.store.Repository;

/** The row of housekeeping and the repositories that it goes through. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class HousekeepingRow extends Repository {

  /** For the container. */
  public HousekeepingRow() {}

  /** For tests without a container. */
  public HousekeepingRow(EntityManager entityManager) {
    super(entityManager);
  }

  /** The row as it is. */
  public Housekeeping read() {
    return em().find(Housekeeping.class, Housekeeping.ID);
  }

  /** The row, locked until the transaction ends. */
  public Housekeeping lock() {
    return em().find(Housekeeping.class, Housekeeping.ID, LockModeType.PESSIMISTIC_WRITE);
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

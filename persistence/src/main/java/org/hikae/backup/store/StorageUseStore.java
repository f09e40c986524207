package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import org.hikae.backup.entity.StorageUse;
import org.hikae.schema.store.EntityStore;

/**
 * Counts bytes by employee. Every change is one statement on one row, made last in its transaction,
 * so that the row is held shortly and parallel uploads are counted exactly.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class StorageUseStore extends EntityStore {

  /** For the container. */
  public StorageUseStore() {}

  /** For tests without a container. */
  public StorageUseStore(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * What an employee's backup takes.
   *
   * @param liveBytes bytes that count against the quota
   * @param heldBytes bytes that only released snapshots or none need
   */
  public record Figures(long liveBytes, long heldBytes) {

    /** For constructor expressions in queries. */
    public Figures(Long liveBytes, Long heldBytes) {
      this((long) liveBytes, (long) heldBytes);
    }
  }

  /** Makes the employee's row if there is none; the caller holds the employee's set. */
  public void open(long employeeId) {
    if (em().find(StorageUse.class, employeeId) == null) {
      em().persist(new StorageUse(employeeId));
      em().flush();
    }
  }

  /** What the employee's backup takes; nothing when nothing was ever stored. */
  public Figures of(long employeeId) {
    return em()
        .createQuery(
            "select new org.hikae.backup.store.StorageUseStore$Figures(u.liveBytes, u.heldBytes)"
                + " from StorageUse u where u.employeeId = :employee",
            Figures.class)
        .setParameter("employee", employeeId)
        .getResultList()
        .stream()
        .findFirst()
        .orElse(new Figures(0, 0));
  }

  /**
   * Adds live bytes if they fit into the quota.
   *
   * @param live bytes that become live
   * @param ofThemHeld how many of them were held before
   * @return whether they fit; if not, nothing was changed
   */
  public boolean charge(long employeeId, long live, long ofThemHeld, long quotaBytes) {
    return em().createQuery(
                "update StorageUse u set u.liveBytes = u.liveBytes + :live,"
                    + " u.heldBytes = u.heldBytes - :held"
                    + " where u.employeeId = :employee and u.liveBytes <= :room")
            .setParameter("live", live)
            .setParameter("held", ofThemHeld)
            .setParameter("employee", employeeId)
            .setParameter("room", quotaBytes - live)
            .executeUpdate()
        == 1;
  }

  /** Changes both figures, whatever the quota. */
  public void change(long employeeId, long live, long held) {
    if (live == 0 && held == 0) {
      return;
    }
    int changed =
        em().createQuery(
                "update StorageUse u set u.liveBytes = u.liveBytes + :live,"
                    + " u.heldBytes = u.heldBytes + :held where u.employeeId = :employee")
            .setParameter("live", live)
            .setParameter("held", held)
            .setParameter("employee", employeeId)
            .executeUpdate();
    if (changed != 1) {
      throw new IllegalStateException("An employee who stores something has no figures.");
    }
  }

  /**
   * Notes that the live bytes have reached {@code threshold}.
   *
   * @return whether they have, for the first time since {@link #fellBelow}
   */
  public boolean reached(long employeeId, long threshold) {
    return em().createQuery(
                "update StorageUse u set u.noticed = true where u.employeeId = :employee"
                    + " and u.noticed = false and u.liveBytes >= :threshold")
            .setParameter("employee", employeeId)
            .setParameter("threshold", threshold)
            .executeUpdate()
        == 1;
  }

  /** Notes that the live bytes are below {@code threshold}, if they are. */
  public void fellBelow(long employeeId, long threshold) {
    em().createQuery(
            "update StorageUse u set u.noticed = false where u.employeeId = :employee"
                + " and u.noticed = true and u.liveBytes < :threshold")
        .setParameter("employee", employeeId)
        .setParameter("threshold", threshold)
        .executeUpdate();
  }
}

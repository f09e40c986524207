package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.entity.NewestRun;
import org.hikae.backup.entity.Run;
import org.hikae.schema.store.EntityStore;

/** Runs of devices and the newest of each. The caller of a change holds the device. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class RunStore extends EntityStore {

  /** For the container. */
  public RunStore() {}

  /** For tests without a container. */
  public RunStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** A run of the device, locked until the transaction ends. */
  public Optional<Run> lock(String deviceId, String runId) {
    return only(
        em().createQuery(
                "select r from Run r where r.deviceId = :device and r.runId = :run", Run.class)
            .setParameter("device", deviceId)
            .setParameter("run", runId)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList());
  }

  /** Stores the first report of a run and notes it as its device's newest. */
  public Run add(Run run, long employeeId) {
    em().persist(run);
    NewestRun newest = em().find(NewestRun.class, run.deviceId());
    if (newest == null) {
      em().persist(new NewestRun(run.deviceId(), employeeId, run));
    } else {
      newest.ran(run);
    }
    return run;
  }

  /** Runs of all the employee's devices, newest first. */
  public List<Run> newest(long employeeId, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_PAGE);
    }
    return em().createQuery(
            "select r from Run r where r.employeeId = :employee order by r.row desc", Run.class)
        .setParameter("employee", employeeId)
        .setMaxResults(limit)
        .getResultList();
  }
}

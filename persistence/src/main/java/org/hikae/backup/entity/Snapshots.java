package org.hikae.backup.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.hikae.schema.entity.Repository;
import org.jspecify.annotations.Nullable;

/** Series and their snapshots. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Snapshots extends Repository {

  /** For the container. */
  public Snapshots() {}

  /** For tests without a container. */
  public Snapshots(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * The series of a device, locked until the transaction ends; a new one when there is none yet.
   * The caller holds the set, so that only one transaction makes it.
   */
  public Series lockSeries(long repositoryId, String deviceId) {
    Optional<Series> series =
        only(
            em().createQuery(
                    "select s from Series s where s.repositoryId = :repository"
                        + " and s.deviceId = :device",
                    Series.class)
                .setParameter("repository", repositoryId)
                .setParameter("device", deviceId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList());
    return series.orElseGet(
        () -> {
          Series fresh = new Series(repositoryId, deviceId);
          em().persist(fresh);
          return fresh;
        });
  }

  /** The snapshot at a place of a series. */
  public Optional<Snapshot> at(String setId, String deviceId, long sequence) {
    return only(
        em().createQuery(
                "select s from Snapshot s where s.setId = :set and s.deviceId = :device"
                    + " and s.sequence = :sequence",
                Snapshot.class)
            .setParameter("set", setId)
            .setParameter("device", deviceId)
            .setParameter("sequence", sequence)
            .getResultList());
  }

  /** Stores a snapshot and its full list of ascending object ids. */
  public void add(Snapshot snapshot, long[] objectIds) {
    em().persist(snapshot);
    em().persist(new SnapshotObjects(snapshot, objectIds));
    em().flush();
  }

  /** The ascending object ids of a snapshot. */
  public long[] objectIds(Snapshot snapshot) {
    SnapshotObjects list = em().find(SnapshotObjects.class, snapshot.row());
    if (list == null) {
      throw new IllegalStateException("Snapshot " + snapshot.snapshotId() + " has lost its list.");
    }
    return list.ids(snapshot.objectCount());
  }

  /** A snapshot of the employee. */
  public Optional<Snapshot> find(long employeeId, String snapshotId) {
    return only(
        em().createQuery(
                "select s from Snapshot s where s.employeeId = :employee and s.snapshotId = :id",
                Snapshot.class)
            .setParameter("employee", employeeId)
            .setParameter("id", snapshotId)
            .getResultList());
  }

  /**
   * Snapshots of all the employee's devices, or of one, newest first.
   *
   * @param beforeRow only rows below this one
   * @param deviceId only this device's, or null
   * @param limit at most this many, up to {@link Repository#MAX_PAGE} and one more
   */
  public List<Snapshot> page(
      long employeeId, long beforeRow, @Nullable String deviceId, int limit) {
    if (limit < 1 || limit > MAX_PAGE + 1) {
      throw new IllegalArgumentException("limit must be 1 to " + (MAX_PAGE + 1));
    }
    TypedQuery<Snapshot> query =
        em().createQuery(
                "select s from Snapshot s where s.employeeId = :employee and s.row < :before"
                    + (deviceId == null ? "" : " and s.deviceId = :device")
                    + " order by s.row desc",
                Snapshot.class)
            .setParameter("employee", employeeId)
            .setParameter("before", beforeRow)
            .setMaxResults(limit);
    if (deviceId != null) {
      query.setParameter("device", deviceId);
    }
    return query.getResultList();
  }
}

package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.backup.entity.Series;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.entity.SnapshotObjects;
import org.hikae.backup.entity.SnapshotRelease;
import org.hikae.backup.value.ObjectIdCodec;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Series and their snapshots. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class SnapshotStore extends EntityStore {

  /** For the container. */
  public SnapshotStore() {}

  /** For tests without a container. */
  public SnapshotStore(EntityManager entityManager) {
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
    return listOf(snapshot)
        .map(list -> ObjectIdCodec.decode(list, Math.toIntExact(snapshot.objectCount())))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Snapshot " + snapshot.snapshotId() + " has lost its list."));
  }

  // Not the entity: whoever reads the lists of a whole repository would keep all of them in memory.
  private Optional<byte[]> listOf(Snapshot snapshot) {
    return em()
        .createQuery(
            "select o.objectIds from SnapshotObjects o where o.snapshotRow = :row", byte[].class)
        .setParameter("row", snapshot.row())
        .getResultList()
        .stream()
        .findFirst();
  }

  /** Snapshots of a repository that are not removed, series by series, each newest first. */
  public List<Snapshot> standing(long repositoryId) {
    return em().createQuery(
            "select s from Snapshot s where s.repositoryId = :repository"
                + " and not exists (select f from SnapshotFate f where f.snapshotRow = s.row"
                + " and f.state = org.hikae.backup.wire.ReleaseState.REMOVED)"
                + " order by s.deviceId, s.sequence desc",
            Snapshot.class)
        .setParameter("repository", repositoryId)
        .getResultList();
  }

  /** Whether a series has a snapshot after this one. */
  public boolean hasSuccessor(Snapshot snapshot) {
    return at(snapshot.setId(), snapshot.deviceId(), snapshot.sequence() + 1).isPresent();
  }

  /** Those of these snapshots that are not the last of their series, by row. */
  public Set<Long> succeeded(List<Snapshot> of) {
    if (of.isEmpty()) {
      return Set.of();
    }
    return Set.copyOf(
        em().createQuery(
                "select s.row from Snapshot s where s.row in (:rows) and exists"
                    + " (select n.row from Snapshot n where n.setId = s.setId"
                    + " and n.deviceId = s.deviceId and n.sequence = s.sequence + 1)",
                Long.class)
            .setParameter("rows", of.stream().map(Snapshot::row).toList())
            .getResultList());
  }

  /** The release of a snapshot, if it has one. */
  public Optional<SnapshotRelease> release(Snapshot snapshot) {
    return Optional.ofNullable(em().find(SnapshotRelease.class, snapshot.row()));
  }

  /** The releases of these snapshots that have one, by row; at most a page of them. */
  public Map<Long, SnapshotRelease> releases(List<Snapshot> of) {
    if (of.isEmpty()) {
      return Map.of();
    }
    return em()
        .createQuery(
            "select f from SnapshotFate f where f.snapshotRow in (:rows)", SnapshotRelease.class)
        .setParameter("rows", of.stream().map(Snapshot::row).toList())
        .getResultList()
        .stream()
        .collect(Collectors.toMap(SnapshotRelease::snapshotRow, release -> release));
  }

  /** The releases of a repository's snapshots that are not removed, by row. */
  public Map<Long, SnapshotRelease> openReleases(long repositoryId) {
    return em()
        .createQuery(
            "select f from SnapshotFate f where f.repositoryId = :repository"
                + " and f.state <> org.hikae.backup.wire.ReleaseState.REMOVED",
            SnapshotRelease.class)
        .setParameter("repository", repositoryId)
        .getResultList()
        .stream()
        .collect(Collectors.toMap(SnapshotRelease::snapshotRow, release -> release));
  }

  /** How many releases of the employee wait for room. */
  public long waiting(long employeeId) {
    return em().createQuery(
            "select count(f) from SnapshotFate f join BackupRepository r on r.id = f.repositoryId"
                + " where r.employeeId = :employee"
                + " and f.state = org.hikae.backup.wire.ReleaseState.WAITING",
            Long.class)
        .setParameter("employee", employeeId)
        .getSingleResult();
  }

  /** Records a release. */
  public void add(SnapshotRelease release) {
    em().persist(release);
  }

  /** Forgets a release: the snapshot is simply kept again. */
  public void forget(SnapshotRelease release) {
    em().remove(release);
  }

  /** Removes the list of a snapshot; the stub stays. */
  public void removeList(Snapshot snapshot) {
    em().createQuery("delete from SnapshotObjects o where o.snapshotRow = :row")
        .setParameter("row", snapshot.row())
        .executeUpdate();
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
   * Snapshots of the employee, in no order.
   *
   * @param snapshotIds at most {@link EntityStore#MAX_PAGE}
   */
  public List<Snapshot> find(long employeeId, List<String> snapshotIds) {
    if (snapshotIds.size() > MAX_PAGE) {
      throw new IllegalArgumentException("at most " + MAX_PAGE + " snapshots");
    }
    return em().createQuery(
            "select s from Snapshot s where s.employeeId = :employee and s.snapshotId in (:ids)",
            Snapshot.class)
        .setParameter("employee", employeeId)
        .setParameter("ids", snapshotIds)
        .getResultList();
  }

  /**
   * Snapshots of all the employee's devices, or of one, newest first.
   *
   * @param beforeRow only rows below this one
   * @param deviceId only this device's, or null
   * @param limit at most this many, up to {@link EntityStore#MAX_PAGE} and one more
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

  /** How many snapshots of a repository can still be read. */
  public long standingCount(long repositoryId) {
    return em().createQuery(
            "select count(s) from Snapshot s where s.repositoryId = :repository"
                + " and not exists (select f from SnapshotFate f where f.snapshotRow = s.row"
                + " and f.state = org.hikae.backup.wire.ReleaseState.REMOVED)",
            Long.class)
        .setParameter("repository", repositoryId)
        .getSingleResult();
  }

  /**
   * Destroys snapshots of a repository with lists, releases and stubs; the caller holds the set,
   * which is withdrawn.
   *
   * @param limit at most so many
   * @return how many were destroyed
   */
  public int destroy(long repositoryId, int limit) {
    List<Long> rows =
        em().createQuery(
                "select s.row from Snapshot s where s.repositoryId = :repository order by s.row",
                Long.class)
            .setParameter("repository", repositoryId)
            .setMaxResults(Math.min(limit, MAX_PAGE))
            .getResultList();
    if (!rows.isEmpty()) {
      delete("delete from SnapshotObjects o where o.snapshotRow in (:rows)", rows);
      delete("delete from SnapshotFate f where f.snapshotRow in (:rows)", rows);
      delete("delete from Snapshot s where s.row in (:rows)", rows);
    }
    return rows.size();
  }

  private void delete(String statement, List<Long> rows) {
    em().createQuery(statement).setParameter("rows", rows).executeUpdate();
  }

  /** Destroys the series of a repository that has no snapshots any more. */
  public void destroySeries(long repositoryId) {
    em().createQuery("delete from Series s where s.repositoryId = :repository")
        .setParameter("repository", repositoryId)
        .executeUpdate();
  }
}

package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.RottenObject;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.value.ObjectIdCodec;
import org.hikae.schema.store.EntityStore;

/** What scrubbing found. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class RottenObjectStore extends EntityStore {

  /** Most snapshots of one repository that are looked through for rotten objects. */
  public static final int MAX_SNAPSHOTS = 2000;

  private static final int LISTS_AT_ONCE = 20;

  /** For the container. */
  public RottenObjectStore() {}

  /** For tests without a container. */
  public RottenObjectStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** What was found about an object, held until the transaction ends. */
  public Optional<RottenObject> lock(long objectId) {
    return Optional.ofNullable(
        em().find(RottenObject.class, objectId, LockModeType.PESSIMISTIC_WRITE));
  }

  /** Whether the object itself is still there; what was collected did not rot. */
  public boolean isStored(long objectId) {
    return em().find(StoredObject.class, objectId) != null;
  }

  /** Notes a finding. */
  public void add(RottenObject rotten) {
    em().persist(rotten);
  }

  /** Numbers of the repository's objects whose bytes are known to be wrong. */
  public Set<Long> openIn(long repositoryId) {
    return new HashSet<>(
        em().createQuery(
                "select r.objectId from RottenObject r"
                    + " where r.repositoryId = :repository and r.healedAt is null",
                Long.class)
            .setParameter("repository", repositoryId)
            .setMaxResults(ObjectIdCodec.MAX_IDS)
            .getResultList());
  }

  /**
   * Whether a finding about the repository stands that was made at or after {@code since} about an
   * object below {@code objectId}.
   */
  public boolean foundBefore(long repositoryId, long objectId, Instant since) {
    return !em().createQuery(
            "select r.objectId from RottenObject r where r.repositoryId = :repository"
                + " and r.objectId < :object and r.foundAt >= :since",
            Long.class)
        .setParameter("repository", repositoryId)
        .setParameter("object", objectId)
        .setParameter("since", since)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** The employee whose repository it is. */
  public long employeeOf(long repositoryId) {
    return em().find(BackupRepository.class, repositoryId).employeeId();
  }

  /** How many objects are known to have wrong bytes. */
  public long countOpen() {
    return em().createQuery(
            "select count(r) from RottenObject r where r.healedAt is null", Long.class)
        .getSingleResult();
  }

  /** How many objects of an employee, in all repositories, are known to have wrong bytes. */
  public long countOpen(long employeeId) {
    return em().createQuery(
            "select count(r) from RottenObject r, BackupRepository p"
                + " where p.id = r.repositoryId and p.employeeId = :employee"
                + " and r.healedAt is null",
            Long.class)
        .setParameter("employee", employeeId)
        .getSingleResult();
  }

  /**
   * A page of findings by growing number of the object.
   *
   * @param after only numbers above this one
   * @param healed whether those that were healed are shown, too
   * @param limit at most this many, up to {@link EntityStore#MAX_PAGE}
   */
  public List<RotFinding> page(long after, boolean healed, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_PAGE);
    }
    return em().createQuery(
            "select new org.hikae.backup.store.RotFinding(o, p, r)"
                + " from RottenObject r, StoredObject o, BackupRepository p"
                + " where o.id = r.objectId and p.id = r.repositoryId and r.objectId > :after"
                + (healed ? "" : " and r.healedAt is null")
                + " order by r.objectId",
            RotFinding.class)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }

  /**
   * Shows each of the repository's newest snapshots with the ascending numbers of its objects, the
   * newest first and one list in memory at a time.
   */
  public void eachList(long repositoryId, BiConsumer<Snapshot, long[]> reader) {
    try (Stream<Object[]> all =
        em().createQuery(
                "select s, l.objectIds from Snapshot s, SnapshotObjects l"
                    + " where l.snapshotRow = s.row and s.repositoryId = :repository"
                    + " order by s.row desc",
                Object[].class)
            .setParameter("repository", repositoryId)
            .setMaxResults(MAX_SNAPSHOTS)
            .setHint("org.hibernate.fetchSize", LISTS_AT_ONCE)
            .getResultStream()) {
      all.forEach(
          row -> {
            Snapshot snapshot = (Snapshot) row[0];
            int count = Math.toIntExact(snapshot.objectCount());
            reader.accept(snapshot, ObjectIdCodec.decode((byte[]) row[1], count));
            em().detach(snapshot);
          });
    }
  }
}

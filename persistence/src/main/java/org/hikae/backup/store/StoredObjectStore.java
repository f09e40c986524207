package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.value.ObjectTable;
import org.hikae.hk1.Hash256;
import org.hikae.schema.store.EntityStore;

/**
 * Repositories and their objects. Large questions are asked in blocks of a fixed size, so that the
 * database sees one statement, not thousands of different ones.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class StoredObjectStore extends EntityStore {

  private static final int BLOCK = 1000;

  /** Rows that are fetched at a time where all are read. */
  private static final int FETCH = 5000;

  /** Questions above this size may read the whole repository, which costs less for each name. */
  private static final int SCAN_ABOVE = 10_000;

  /** How many times the names asked for a repository may hold and still be read as a whole. */
  private static final int SCAN_RATIO = 4;

  private static final String REF =
      "select new org.hikae.backup.value.ObjectRef(o.id, o.repositoryId, o.name, o.sizeBytes)"
          + " from StoredObject o ";

  /** For the container. */
  public StoredObjectStore() {}

  /** For tests without a container. */
  public StoredObjectStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** The set's own repository, if it has one yet. */
  public Optional<BackupRepository> repositoryOf(String setId) {
    return only(
        em().createQuery(
                "select r from BackupRepository r where r.setId = :set and r.resticId = ''",
                BackupRepository.class)
            .setParameter("set", setId)
            .getResultList());
  }

  /** The repository that a device uses with restic in a set, if it has one yet. */
  public Optional<BackupRepository> resticRepositoryOf(String setId, String deviceId) {
    return only(
        em().createQuery(
                "select r from BackupRepository r where r.setId = :set and r.deviceId = :device"
                    + " and r.resticId <> ''",
                BackupRepository.class)
            .setParameter("set", setId)
            .setParameter("device", deviceId)
            .getResultList());
  }

  /** All repositories of a set, its own and those of restic, oldest first. */
  public List<BackupRepository> repositoriesIn(String setId) {
    return em().createQuery(
            "select r from BackupRepository r where r.setId = :set order by r.id",
            BackupRepository.class)
        .setParameter("set", setId)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }

  /** The repository with this number. */
  public Optional<BackupRepository> repository(long repositoryId) {
    return Optional.ofNullable(em().find(BackupRepository.class, repositoryId));
  }

  /** All repositories of an employee, oldest first. */
  public List<BackupRepository> repositoriesOf(long employeeId) {
    return em().createQuery(
            "select r from BackupRepository r where r.employeeId = :employee order by r.id",
            BackupRepository.class)
        .setParameter("employee", employeeId)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }

  /** Stores a repository; the caller holds the set, so that there is only one. */
  public BackupRepository add(BackupRepository repository) {
    em().persist(repository);
    return repository;
  }

  /** Records an object; {@link #count} belongs to it. */
  public StoredObject add(StoredObject object) {
    em().persist(object);
    return object;
  }

  /**
   * Counts what was added. Called while the set is held, as everything else that changes the
   * repository's row is: in another order two transactions could wait for each other.
   */
  public void count(StoredObject added) {
    em().createQuery(
            "update BackupRepository r set r.objectCount = r.objectCount + 1,"
                + " r.storedBytes = r.storedBytes + :size where r.id = :repository")
        .setParameter("size", added.sizeBytes())
        .setParameter("repository", added.repositoryId())
        .executeUpdate();
  }

  /** How an object stands in a repository. */
  public enum ObjectStatus {
    /** Not there. */
    ABSENT,
    /** There, but it may be collected soon: whoever needs it sends it again. */
    DOOMED,
    /** There to stay. */
    PRESENT
  }

  /** How the repository has the object. */
  public ObjectStatus standing(long repositoryId, Hash256 name) {
    return em()
        .createQuery(
            "select case when i.doomedAt is null then 0 else 1 end from StoredObject o"
                + " left join IdleObject i on i.objectId = o.id"
                + " where o.repositoryId = :repository and o.name = :name",
            Integer.class)
        .setParameter("repository", repositoryId)
        .setParameter("name", name.toBytes())
        .getResultList()
        .stream()
        .map(doomed -> doomed == 1 ? ObjectStatus.DOOMED : ObjectStatus.PRESENT)
        .findFirst()
        .orElse(ObjectStatus.ABSENT);
  }

  /**
   * An object in the own repository of any set of the employee. The same name in two of them is the
   * same bytes; either will do.
   */
  public Optional<ObjectRef> find(long employeeId, Hash256 name) {
    return em()
        .createQuery(
            REF
                + "where o.name = :name and o.repositoryId in"
                + " (select r.id from BackupRepository r where r.employeeId = :employee"
                + " and r.resticId = '')"
                + " order by o.id",
            ObjectRef.class)
        .setParameter("name", name.toBytes())
        .setParameter("employee", employeeId)
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** Those of {@code names} that the repository has. */
  public Map<Hash256, ObjectRef> find(long repositoryId, Set<Hash256> names) {
    Map<Hash256, ObjectRef> found = HashMap.newHashMap(names.size());
    if (names.size() > SCAN_ABOVE && names.size() > objectCount(repositoryId) / SCAN_RATIO) {
      scan(repositoryId, names, found);
      return found;
    }
    List<byte[]> block = new ArrayList<>(BLOCK);
    for (Hash256 name : names) {
      block.add(name.toBytes());
      if (block.size() == BLOCK) {
        findBlock(repositoryId, block, found);
        block.clear();
      }
    }
    if (!block.isEmpty()) {
      findBlock(repositoryId, block, found);
    }
    return found;
  }

  /** Those of {@code names} that the repository has and will keep: doomed ones are left out. */
  public Set<Hash256> present(long repositoryId, Set<Hash256> names) {
    Map<Hash256, ObjectRef> found = find(repositoryId, names);
    Set<Long> doomed =
        Set.copyOf(
            em().createQuery(
                    "select i.objectId from IdleObject i where i.repositoryId = :repository"
                        + " and i.doomedAt is not null",
                    Long.class)
                .setParameter("repository", repositoryId)
                .getResultList());
    return found.values().stream()
        .filter(ref -> !doomed.contains(ref.id()))
        .map(ObjectRef::name)
        .collect(Collectors.toSet());
  }

  /** All objects of a repository. */
  public ObjectTable table(long repositoryId) {
    long count = objectCount(repositoryId);
    if (count > ObjectTable.MAX_OBJECTS) {
      throw new IllegalStateException("Repository " + repositoryId + " has too many objects.");
    }
    ObjectTable.Builder table = new ObjectTable.Builder(Math.toIntExact(count));
    try (Stream<Object[]> all =
        em().createQuery(
                "select o.id, o.sizeBytes, o.storedAt from StoredObject o"
                    + " where o.repositoryId = :repository order by o.id",
                Object[].class)
            .setParameter("repository", repositoryId)
            .setHint("org.hibernate.fetchSize", FETCH)
            .getResultStream()) {
      all.forEach(row -> table.add((Long) row[0], (Long) row[1], (Instant) row[2]));
    }
    return table.build();
  }

  /** Objects ever collected from the repository, as of now. */
  public long sweptCount(long repositoryId) {
    return em().createQuery(
            "select r.sweptCount from BackupRepository r where r.id = :repository", Long.class)
        .setParameter("repository", repositoryId)
        .getSingleResult();
  }

  /** Forgets collected objects and counts them out. The caller holds the set. */
  public void sweep(long repositoryId, List<ObjectRef> objects) {
    List<Long> ids = objects.stream().map(ObjectRef::id).toList();
    em().createQuery("delete from IdleObject i where i.objectId in (:ids)")
        .setParameter("ids", ids)
        .executeUpdate();
    int gone =
        em().createQuery(
                "delete from StoredObject o where o.repositoryId = :repository and o.id in (:ids)")
            .setParameter("repository", repositoryId)
            .setParameter("ids", ids)
            .executeUpdate();
    if (gone != ids.size()) {
      throw new IllegalStateException("An object was collected by someone else.");
    }
    em().createQuery(
            "update BackupRepository r set r.objectCount = r.objectCount - :count,"
                + " r.storedBytes = r.storedBytes - :bytes, r.sweptCount = r.sweptCount + :count"
                + " where r.id = :repository")
        .setParameter("count", (long) ids.size())
        .setParameter("bytes", objects.stream().mapToLong(ObjectRef::sizeBytes).sum())
        .setParameter("repository", repositoryId)
        .executeUpdate();
  }

  private long objectCount(long repositoryId) {
    return em().createQuery(
            "select r.objectCount from BackupRepository r where r.id = :repository", Long.class)
        .setParameter("repository", repositoryId)
        .getSingleResult();
  }

  private void scan(long repositoryId, Set<Hash256> names, Map<Hash256, ObjectRef> found) {
    try (Stream<ObjectRef> all = range(repositoryId, 0, Long.MAX_VALUE)) {
      all.filter(ref -> names.contains(ref.name())).forEach(ref -> found.put(ref.name(), ref));
    }
  }

  private Stream<ObjectRef> range(long repositoryId, long first, long last) {
    return em().createQuery(
            REF
                + "where o.repositoryId = :repository and o.id between :first and :last"
                + " order by o.id",
            ObjectRef.class)
        .setParameter("repository", repositoryId)
        .setParameter("first", first)
        .setParameter("last", last)
        .setHint("org.hibernate.fetchSize", BLOCK)
        .getResultStream();
  }

  private void findBlock(long repositoryId, List<byte[]> block, Map<Hash256, ObjectRef> found) {
    List<byte[]> padded = new ArrayList<>(block);
    while (Integer.bitCount(padded.size()) != 1 && padded.size() < BLOCK) {
      padded.add(block.getLast());
    }
    em().createQuery(
            REF + "where o.repositoryId = :repository and o.name in (:names)", ObjectRef.class)
        .setParameter("repository", repositoryId)
        .setParameter("names", padded)
        .getResultList()
        .forEach(ref -> found.put(ref.name(), ref));
  }

  /**
   * The objects with these ascending ids, in that order.
   *
   * @throws IllegalStateException when one is not there: a list never names what was removed
   */
  public List<ObjectRef> byIds(long repositoryId, long[] ids) {
    List<ObjectRef> refs = new ArrayList<>(ids.length);
    if (ids.length == 0) {
      return refs;
    }
    // One ordered read over the range beats hundreds of lookups: most of a repository's objects
    // belong to its newest lists.
    try (Stream<ObjectRef> range = range(repositoryId, ids[0], ids[ids.length - 1])) {
      range.filter(ref -> Arrays.binarySearch(ids, ref.id()) >= 0).forEach(refs::add);
    }
    if (refs.size() != ids.length) {
      throw new IllegalStateException(
          "A list of " + ids.length + " objects finds only " + refs.size() + " of them.");
    }
    return refs;
  }

  /** The first objects of a repository, at most {@code limit}. */
  public List<ObjectRef> first(long repositoryId, int limit) {
    return em().createQuery(
            REF + "where o.repositoryId = :repository order by o.id", ObjectRef.class)
        .setParameter("repository", repositoryId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** Removes a repository that holds nothing any more. */
  public void remove(BackupRepository repository) {
    em().createQuery("delete from BackupRepository r where r.id = :repository")
        .setParameter("repository", repository.id())
        .executeUpdate();
  }

  /** The repository of restic with this name, if it is this employee's. */
  public Optional<BackupRepository> resticRepository(long employeeId, String resticId) {
    return resticId.isEmpty()
        ? Optional.empty()
        : only(
            em().createQuery(
                    "select r from BackupRepository r where r.employeeId = :employee"
                        + " and r.resticId = :restic",
                    BackupRepository.class)
                .setParameter("employee", employeeId)
                .setParameter("restic", resticId)
                .getResultList());
  }
}

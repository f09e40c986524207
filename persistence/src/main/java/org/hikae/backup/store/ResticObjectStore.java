package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.entity.ResticObject;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.wire.ResticType;
import org.hikae.hk1.Hash256;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/**
 * What restic knows of the objects in its repositories. The caller of every change holds the set.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class ResticObjectStore extends EntityStore {

  private static final String REF =
      "select new org.hikae.backup.value.ObjectRef(o.id, o.repositoryId, o.name, o.sizeBytes)";

  private static final String STORED =
      " from ResticObject r join StoredObject o on o.id = r.objectId";

  /** For the container. */
  public ResticObjectStore() {}

  /** For tests without a container. */
  public ResticObjectStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Records that restic knows a stored object as this type. */
  public void add(ResticObject object) {
    em().persist(object);
    em().flush();
  }

  /** Forgets that it does. */
  public void remove(ResticObject object) {
    em().remove(object);
    em().flush();
  }

  /** Restic has a released object again; when it had it before is kept. */
  public void revive(ResticObject object, Instant now) {
    em().persist(object.revive(now));
    em().flush();
  }

  /** How often an object has come back. */
  public long returns(ResticObject object) {
    return em().createQuery(
            "select count(p) from ResticPast p where p.resticObjectId = :object", Long.class)
        .setParameter("object", object.id())
        .getSingleResult();
  }

  /** What restic has under this type and name; what it released is not found. */
  public Optional<ObjectRef> live(long repositoryId, ResticType type, Hash256 name) {
    return only(
        em().createQuery(
                REF
                    + STORED
                    + " where o.name = :name and o.repositoryId = :repository and r.type = :type"
                    + " and r.released = false",
                ObjectRef.class)
            .setParameter("name", name.toBytes())
            .setParameter("repository", repositoryId)
            .setParameter("type", type)
            .getResultList());
  }

  /** The config that restic has, if it has one. */
  public Optional<ObjectRef> liveConfig(long repositoryId) {
    return only(
        em().createQuery(
                REF
                    + STORED
                    + " where r.repositoryId = :repository and r.type = :type"
                    + " and r.released = false",
                ObjectRef.class)
            .setParameter("repository", repositoryId)
            .setParameter("type", ResticType.CONFIG)
            .getResultList());
  }

  /** The row of a stored object under this type, released or not. */
  public Optional<ResticObject> of(long objectId, ResticType type) {
    return only(
        em().createQuery(
                "select r from ResticObject r where r.objectId = :object and r.type = :type",
                ResticObject.class)
            .setParameter("object", objectId)
            .setParameter("type", type)
            .getResultList());
  }

  /** How restic knows a stored object: under how many types, and how many of them are released. */
  public Uses uses(long objectId) {
    List<Boolean> released =
        em().createQuery(
                "select r.released from ResticObject r where r.objectId = :object", Boolean.class)
            .setParameter("object", objectId)
            .getResultList();
    return new Uses(released.size(), (int) released.stream().filter(one -> one).count());
  }

  /**
   * How restic knows a stored object.
   *
   * @param types under how many types
   * @param released how many of them are released
   */
  public record Uses(int types, int released) {

    /** Whether restic has the bytes, as whatever type. */
    public boolean isNeeded() {
      return released < types;
    }

    /** Whether nothing says any more what the bytes are. */
    public boolean isUnknown() {
      return types == 0;
    }
  }

  /**
   * An object in a list.
   *
   * @param id where the list goes on
   * @param name SHA-256 of its bytes
   * @param sizeBytes its length
   */
  public record Listed(long id, Hash256 name, long sizeBytes) {

    /** For constructor expressions in queries. */
    public Listed(Long id, byte[] name, Long sizeBytes) {
      this((long) id, Hash256.of(name), (long) sizeBytes);
    }
  }

  /** When the newest of the snapshots that restic has first came; null when it has none. */
  public @Nullable Instant newestSnapshotAt(long repositoryId) {
    return em().createQuery(
            "select max(r.storedAt) from ResticObject r where r.repositoryId = :repository"
                + " and r.type = :type and r.released = false",
            Instant.class)
        .setParameter("repository", repositoryId)
        .setParameter("type", ResticType.SNAPSHOTS)
        .getSingleResult();
  }

  /** How many objects of a type restic has. */
  public long countLive(long repositoryId, ResticType type) {
    return em().createQuery(
            "select count(r) from ResticObject r where r.repositoryId = :repository"
                + " and r.type = :type and r.released = false",
            Long.class)
        .setParameter("repository", repositoryId)
        .setParameter("type", type)
        .getSingleResult();
  }

  /** What restic has of a type behind {@code after}, at most {@code limit}. */
  public List<Listed> list(long repositoryId, ResticType type, long after, int limit) {
    return em().createQuery(
            "select new org.hikae.backup.store.ResticObjectStore$Listed(r.id, o.name, o.sizeBytes)"
                + STORED
                + " where r.repositoryId = :repository and r.type = :type and r.released = false"
                + " and r.id > :after order by r.id",
            Listed.class)
        .setParameter("repository", repositoryId)
        .setParameter("type", type)
        .setParameter("after", after)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /**
   * Objects that restic does not have any more and that still count as live, because there was no
   * room among held bytes: those released first come first, at most {@code limit}.
   */
  public List<ObjectRef> waiting(long repositoryId, int limit) {
    return em().createQuery(
            REF
                + STORED
                + " where r.repositoryId = :repository and r.released = true"
                + " and not exists (select i from IdleObject i where i.objectId = o.id)"
                + " and not exists (select s from ResticObject s where s.objectId = o.id"
                + " and (s.released = false or s.releasedAt > r.releasedAt"
                + " or (s.releasedAt = r.releasedAt and s.id > r.id)))"
                + " order by r.releasedAt, r.id",
            ObjectRef.class)
        .setParameter("repository", repositoryId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }
}

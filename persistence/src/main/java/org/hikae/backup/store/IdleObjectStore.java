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
import org.hikae.backup.entity.IdleObject;
import org.hikae.backup.value.ObjectRef;
import org.hikae.schema.store.EntityStore;

/** Objects that no live snapshot needs. The caller of every change holds the set. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class IdleObjectStore extends EntityStore {

  /** Rows changed by one statement. */
  private static final int BLOCK = 1000;

  /** For the container. */
  public IdleObjectStore() {}

  /** For tests without a container. */
  public IdleObjectStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Whether each idle object of a repository is doomed, by id. */
  public Map<Long, Boolean> of(long repositoryId) {
    Map<Long, Boolean> idle = new HashMap<>();
    em().createQuery(
            "select i.objectId, i.doomedAt from IdleObject i where i.repositoryId = :repository",
            Object[].class)
        .setParameter("repository", repositoryId)
        .getResultList()
        .forEach(row -> idle.put((Long) row[0], row[1] != null));
    return idle;
  }

  /** Whether an object is idle. */
  public boolean has(long objectId) {
    return em().find(IdleObject.class, objectId) != null;
  }

  /** Marks objects as idle. */
  public void add(long repositoryId, long[] ids) {
    for (List<Long> block : blocks(ids)) {
      em().createQuery(
              "insert into IdleObject (objectId, repositoryId, sizeBytes)"
                  + " select o.id, o.repositoryId, o.sizeBytes from StoredObject o"
                  + " where o.repositoryId = :repository and o.id in (:ids)")
          .setParameter("repository", repositoryId)
          .setParameter("ids", block)
          .executeUpdate();
    }
  }

  /** Nothing lists these idle objects any more. */
  public void doom(long[] ids, Instant now) {
    for (List<Long> block : blocks(ids)) {
      em().createQuery(
              "update IdleObject i set i.doomedAt = :now where i.objectId in (:ids)"
                  + " and i.doomedAt is null")
          .setParameter("now", now)
          .setParameter("ids", block)
          .executeUpdate();
    }
  }

  /** These doomed objects are needed by a held list after all. */
  public void spare(long[] ids) {
    for (List<Long> block : blocks(ids)) {
      em().createQuery("update IdleObject i set i.doomedAt = null where i.objectId in (:ids)")
          .setParameter("ids", block)
          .executeUpdate();
    }
  }

  /** These objects are live again. */
  public void remove(long[] ids) {
    for (List<Long> block : blocks(ids)) {
      em().createQuery("delete from IdleObject i where i.objectId in (:ids)")
          .setParameter("ids", block)
          .executeUpdate();
    }
  }

  /**
   * The idle ones among {@code ids}.
   *
   * @param ids ascending ids of objects of the repository
   */
  public List<IdleSize> among(long repositoryId, long[] ids) {
    return em().createQuery(
            "select new org.hikae.backup.store.IdleObjectStore$IdleSize(i.objectId, i.sizeBytes)"
                + " from IdleObject i where i.repositoryId = :repository",
            IdleSize.class)
        .setParameter("repository", repositoryId)
        .getResultStream()
        .filter(idle -> Arrays.binarySearch(ids, idle.id()) >= 0)
        .toList();
  }

  /** Bytes of the idle ones among {@code ids}. */
  public long bytesAmong(List<Long> ids) {
    return em().createQuery(
            "select coalesce(sum(i.sizeBytes), 0) from IdleObject i where i.objectId in (:ids)",
            Long.class)
        .setParameter("ids", ids)
        .getSingleResult();
  }

  /**
   * An idle object.
   *
   * @param id the object
   * @param sizeBytes its length
   */
  public record IdleSize(long id, long sizeBytes) {

    /** For constructor expressions in queries. */
    public IdleSize(Long id, Long sizeBytes) {
      this((long) id, (long) sizeBytes);
    }
  }

  /** Objects of a repository that were doomed before {@code time}, at most {@code limit}. */
  public List<ObjectRef> doomedBefore(long repositoryId, Instant time, int limit) {
    return em().createQuery(
            "select new org.hikae.backup.value.ObjectRef(o.id, o.repositoryId, o.name,"
                + " o.sizeBytes) from IdleObject i join StoredObject o on o.id = i.objectId"
                + " where i.repositoryId = :repository and i.doomedAt < :time order by o.id",
            ObjectRef.class)
        .setParameter("repository", repositoryId)
        .setParameter("time", time)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  private static List<List<Long>> blocks(long[] ids) {
    List<List<Long>> blocks = new ArrayList<>();
    for (int from = 0; from < ids.length; from += BLOCK) {
      blocks.add(Arrays.stream(ids, from, Math.min(from + BLOCK, ids.length)).boxed().toList());
    }
    return blocks;
  }
}

package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import org.hikae.backup.entity.ResticDailyReleases;
import org.hikae.backup.wire.ResticType;
import org.hikae.schema.store.EntityStore;

/** Sees when most of what restic had goes. The caller of every change holds the set. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class ResticDailyReleasesStore extends EntityStore {

  /** For the container. */
  public ResticDailyReleasesStore() {}

  /** For tests without a container. */
  public ResticDailyReleasesStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** The watch of a repository, which is made if there is none. */
  public ResticDailyReleases of(long repositoryId, Instant now) {
    ResticDailyReleases watch = em().find(ResticDailyReleases.class, repositoryId);
    if (watch == null) {
      watch = new ResticDailyReleases(repositoryId, now);
      em().persist(watch);
    }
    return watch;
  }

  /** Whether restic has a snapshot. */
  public boolean hasSnapshot(long repositoryId) {
    return !em().createQuery(
            "select r.id from ResticObject r where r.repositoryId = :repository"
                + " and r.type = :type and r.released = false",
            Long.class)
        .setParameter("repository", repositoryId)
        .setParameter("type", ResticType.SNAPSHOTS)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** How many objects restic has, but locks. */
  public long countLive(long repositoryId) {
    return em().createQuery(
            "select count(r) from ResticObject r where r.repositoryId = :repository"
                + " and r.type <> :type and r.released = false",
            Long.class)
        .setParameter("repository", repositoryId)
        .setParameter("type", ResticType.LOCKS)
        .getSingleResult();
  }
}

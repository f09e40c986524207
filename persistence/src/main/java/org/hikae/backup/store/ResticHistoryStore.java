package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.entity.ResticObject;
import org.hikae.backup.wire.ResticType;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/**
 * What restic had in a repository at a moment, and making it so again. Whole repositories change in
 * a few statements, whatever their size, and all of it or nothing. The caller holds the set.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class ResticHistoryStore extends EntityStore {

  /** From its last arrival or return on, or in one of the times before it. */
  private static final String WAS_THERE =
      "((coalesce(r.revivedAt, r.storedAt) <= :moment"
          + " and (r.released = false or r.releasedAt > :moment))"
          + " or exists (select p from ResticPast p where p.resticObjectId = r.id"
          + " and p.since <= :moment and p.releasedAt > :moment))";

  private static final String COMING_BACK =
      " where r.repositoryId = :repository and r.released = true and r.type <> :locks and "
          + WAS_THERE;

  /** For the container. */
  public ResticHistoryStore() {}

  /** For tests without a container. */
  public ResticHistoryStore(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * Releases what restic did not have at a moment, and every lock.
   *
   * @return how many objects there were
   */
  public int releaseOthers(long repositoryId, Instant moment, Instant now) {
    return asOf(
            "update ResticObject r set r.released = true, r.releasedAt = :now"
                + " where r.repositoryId = :repository and r.released = false"
                + " and (r.type = :locks or not "
                + WAS_THERE
                + ")",
            repositoryId,
            moment)
        .setParameter("now", now)
        .executeUpdate();
  }

  /**
   * Brings back what restic had at a moment and has released since, but locks.
   *
   * @return how many objects there were
   */
  public int revive(long repositoryId, Instant moment, Instant now) {
    asOf(
            "insert into ResticPast (resticObjectId, since, releasedAt)"
                + " select r.id, coalesce(r.revivedAt, r.storedAt), r.releasedAt"
                + " from ResticObject r"
                + COMING_BACK,
            repositoryId,
            moment)
        .executeUpdate();
    return asOf(
            "update ResticObject r set r.released = false, r.revivedAt = :now" + COMING_BACK,
            repositoryId,
            moment)
        .setParameter("now", now)
        .executeUpdate();
  }

  private Query asOf(String statement, long repositoryId, Instant moment) {
    return em().createQuery(statement)
        .setParameter("repository", repositoryId)
        .setParameter("moment", moment)
        .setParameter("locks", ResticType.LOCKS);
  }

  /**
   * Leaves restic the config that came last. There is one, unless the server's clock was put back
   * between two.
   *
   * @return how many others were released
   */
  public int keepOneConfig(long repositoryId, Instant now) {
    List<ResticObject> others =
        em().createQuery(
                "select r from ResticObject r where r.repositoryId = :repository"
                    + " and r.type = :config and r.released = false order by r.id desc",
                ResticObject.class)
            .setParameter("repository", repositoryId)
            .setParameter("config", ResticType.CONFIG)
            .setFirstResult(1)
            .setMaxResults(MAX_PAGE)
            .getResultList();
    others.forEach(other -> other.release(now));
    em().flush();
    return others.size();
  }

  /**
   * Forgets of idle objects that they are, where restic has them.
   *
   * @return their bytes
   */
  public long dropNeededFromIdle(long repositoryId) {
    String needed =
        " from IdleObject i where i.repositoryId = :repository and exists (select r from"
            + " ResticObject r where r.objectId = i.objectId and r.released = false)";
    long bytes =
        em().createQuery("select coalesce(sum(i.sizeBytes), 0)" + needed, Long.class)
            .setParameter("repository", repositoryId)
            .getSingleResult();
    em().createQuery("delete" + needed).setParameter("repository", repositoryId).executeUpdate();
    return bytes;
  }

  /**
   * What a repository of restic holds.
   *
   * @param snapshots snapshots that restic has
   * @param releasedSnapshots snapshots that it released and may have again
   * @param lastReleasedAt when it last released anything that it does not have now
   */
  public record Figures(long snapshots, long releasedSnapshots, @Nullable Instant lastReleasedAt) {

    /** For constructor expressions in queries. */
    public Figures(Long snapshots, Long releasedSnapshots, @Nullable Instant lastReleasedAt) {
      this((long) snapshots, (long) releasedSnapshots, lastReleasedAt);
    }
  }

  /** What a repository holds now. */
  public Figures figures(long repositoryId) {
    return em().createQuery(
            "select new org.hikae.backup.store.ResticHistoryStore$Figures("
                + "count(case when r.type = :snapshots and r.released = false then 1 end),"
                + " count(case when r.type = :snapshots and r.released = true then 1 end),"
                + " max(case when r.released = true then r.releasedAt end))"
                + " from ResticObject r where r.repositoryId = :repository",
            Figures.class)
        .setParameter("repository", repositoryId)
        .setParameter("snapshots", ResticType.SNAPSHOTS)
        .getSingleResult();
  }
}

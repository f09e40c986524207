package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.entity.ScrubPass;
import org.hikae.backup.entity.ScrubState;
import org.hikae.backup.value.ObjectRef;
import org.hikae.schema.store.EntityStore;

/** Passes of scrubbing, and which objects come next. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class ScrubStore extends EntityStore {

  /** For the container. */
  public ScrubStore() {}

  /** For tests without a container. */
  public ScrubStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Where scrubbing stands, held until the transaction ends. */
  public ScrubState lock() {
    ScrubState state = em().find(ScrubState.class, ScrubState.ONLY, LockModeType.PESSIMISTIC_WRITE);
    if (state == null) {
      throw new IllegalStateException("The row of scrubbing's state is missing.");
    }
    return state;
  }

  /** Where scrubbing stands. */
  public ScrubState state() {
    return em().find(ScrubState.class, ScrubState.ONLY);
  }

  /** Stores a pass that begins over all objects of now. */
  public ScrubPass add(ScrubPass pass) {
    em().persist(pass);
    return pass;
  }

  /** The newest object's number; 0 when there is none. */
  public long newestObjectId() {
    return em().createQuery("select coalesce(max(o.id), 0) from StoredObject o", Long.class)
        .getSingleResult();
  }

  /** A pass. */
  public ScrubPass pass(long passId) {
    ScrubPass pass = em().find(ScrubPass.class, passId);
    if (pass == null) {
      throw new IllegalStateException("Pass " + passId + " of scrubbing is missing.");
    }
    return pass;
  }

  /** The newest passes. */
  public List<ScrubPass> newest(int limit) {
    return em().createQuery("select p from ScrubPass p order by p.id desc", ScrubPass.class)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** The newest pass, if there was any. */
  public Optional<ScrubPass> newest() {
    return newest(1).stream().findFirst();
  }

  /** The newest pass that read every object of its beginning. */
  public Optional<ScrubPass> newestEnded() {
    return em().createQuery(
            "select p from ScrubPass p where p.endedAt is not null order by p.id desc",
            ScrubPass.class)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** The next objects of a pass behind {@code afterId}, in order. */
  public List<ObjectRef> next(ScrubPass pass, long afterId, int limit) {
    return em().createQuery(
            "select new org.hikae.backup.value.ObjectRef("
                + "o.id, o.repositoryId, o.name, o.sizeBytes)"
                + " from StoredObject o where o.id > :after and o.id <= :last order by o.id",
            ObjectRef.class)
        .setParameter("after", afterId)
        .setParameter("last", pass.upToObjectId())
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /**
   * All that is stored, by the repositories' own count.
   *
   * @param objects how many
   * @param bytes how many
   */
  public record Stored(long objects, long bytes) {}

  /** How much there is to scrub. */
  public Stored stored() {
    Object[] sums =
        em().createQuery(
                "select coalesce(sum(r.objectCount), 0), coalesce(sum(r.storedBytes), 0)"
                    + " from BackupRepository r",
                Object[].class)
            .getSingleResult();
    return new Stored(((Number) sums[0]).longValue(), ((Number) sums[1]).longValue());
  }
}

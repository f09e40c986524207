package org.hikae.audit.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.audit.entity.AuditChainHead;
import org.hikae.audit.entity.AuditEvent;
import org.hikae.audit.entity.AuditLink;
import org.hikae.audit.entity.AuditSeal;
import org.hikae.hk1.Hash256;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Gives events their places in the chain, and keeps what the vault signed of it. */
@ApplicationScoped
public class AuditChainStore extends EntityStore {

  /** Most events that one call gives places to. */
  public static final int MAX_LINKED = 500;

  /** For the container. */
  public AuditChainStore() {}

  /** For tests without a container. */
  public AuditChainStore(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * Gives the events that wait longest their places, at most {@link #MAX_LINKED}; returns how many
   * these were. One transaction at a time, on whatever node: the others wait for the end's lock.
   */
  public int link(Instant now) {
    AuditChainHead head =
        em().find(AuditChainHead.class, AuditChainHead.ONLY, LockModeType.PESSIMISTIC_WRITE);
    em().refresh(head);
    List<AuditEvent> waiting =
        em().createQuery(
                "select e from AuditUnlinked u join AuditEvent e on e.eventId = u.eventId"
                    // Nobody but an intruder queues an event twice; it must not stop the chain.
                    + " where not exists (select 1 from AuditLink l where l.eventId = e.eventId)"
                    + " order by u.eventId",
                AuditEvent.class)
            .setMaxResults(MAX_LINKED)
            .getResultList();
    List<Long> ids = new ArrayList<>();
    for (AuditEvent event : waiting) {
      AuditLink link = new AuditLink(head.seq() + 1, event, head.hash(), now);
      em().persist(link);
      head.advance(link);
      ids.add(event.eventId());
    }
    if (!ids.isEmpty()) {
      em().flush();
      em().createQuery("delete from AuditUnlinked u where u.eventId in :ids")
          .setParameter("ids", ids)
          .executeUpdate();
    }
    return ids.size();
  }

  /** The end of the chain as it is now, also for who has asked before in the same transaction. */
  public AuditChainHead head() {
    AuditChainHead head = em().find(AuditChainHead.class, AuditChainHead.ONLY);
    em().refresh(head);
    return head;
  }

  /** The highest place that is taken; 0 when none is. */
  public long highest() {
    Long highest =
        em().createQuery("select max(l.seq) from AuditLink l", Long.class).getSingleResult();
    return highest == null ? 0 : highest;
  }

  /** Since when the event that waits longest for its place waits. */
  public Optional<Instant> waitingSince() {
    return Optional.ofNullable(
        em().createQuery("select min(u.happenedAt) from AuditUnlinked u", Instant.class)
            .getSingleResult());
  }

  /**
   * The lowest identifier of an event before {@code before} that has no place and waits for none.
   */
  public @Nullable Long lost(Instant before) {
    return em().createQuery(
            "select min(e.eventId) from AuditEvent e where e.happenedAt < :before"
                + " and not exists (select 1 from AuditLink l where l.eventId = e.eventId)"
                + " and not exists (select 1 from AuditUnlinked u where u.eventId = e.eventId)",
            Long.class)
        .setParameter("before", before)
        .getSingleResult();
  }

  /** Keeps what the vault has signed. */
  public void keep(AuditSeal seal) {
    em().persist(seal);
  }

  /** Seals after a place, oldest first, at most {@code limit}. */
  public List<AuditSeal> sealsAfter(long seq, int limit) {
    return em().createQuery(
            "select s from AuditSeal s where s.seq > :seq order by s.seq, s.auditSealId",
            AuditSeal.class)
        .setParameter("seq", seq)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** The newest seal that is about no export. */
  public Optional<AuditSeal> newestSeal() {
    return em()
        .createQuery(
            "select s from AuditSeal s where s.exportHash = :none order by s.auditSealId desc",
            AuditSeal.class)
        .setParameter("none", Hash256.ZERO.hex())
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst();
  }
}

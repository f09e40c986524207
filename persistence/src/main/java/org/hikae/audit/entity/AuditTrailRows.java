package org.hikae.audit.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hikae.schema.entity.Repository;

/** Appends to the trail and reads it; there is no other way to touch it. */
@ApplicationScoped
public class AuditTrailRows extends Repository {

  /**
   * Appends one event. Holds the lock on the head until the transaction ends, so call it late in a
   * transaction.
   *
   * @param at cut to microseconds, which both databases keep
   */
  public AuditEvent append(Instant at, AuditContent content) {
    AuditHead head = em().find(AuditHead.class, AuditHead.ONLY, LockModeType.PESSIMISTIC_WRITE);
    em().refresh(head);
    AuditEvent event =
        new AuditEvent(head.seq() + 1, at.truncatedTo(ChronoUnit.MICROS), content, head.hash());
    em().persist(event);
    head.advance(event);
    em().flush();
    return event;
  }

  /** The end of the trail. */
  public AuditHead head() {
    return em().find(AuditHead.class, AuditHead.ONLY);
  }

  /** Events before {@code beforeSeq}, newest first, at most {@code limit}. */
  public List<AuditEvent> newestBefore(long beforeSeq, int limit) {
    return em().createQuery(
            "select a from AuditEvent a where a.seq < :before order by a.seq desc",
            AuditEvent.class)
        .setParameter("before", beforeSeq)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** Events after {@code afterSeq}, oldest first, at most {@code limit}. */
  public List<AuditEvent> oldestAfter(long afterSeq, int limit) {
    return em().createQuery(
            "select a from AuditEvent a where a.seq > :after order by a.seq", AuditEvent.class)
        .setParameter("after", afterSeq)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** Drops what was read from memory, so that checking a long trail needs little. */
  public void forget() {
    em().clear();
  }
}

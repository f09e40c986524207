package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import org.hikae.notice.value.DeliveryState;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Figures that only the monitoring system asks for. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class MonitoringFigures extends EntityStore {

  /** For the container. */
  public MonitoringFigures() {}

  /** For tests without a container. */
  public MonitoringFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * What is stored.
   *
   * @param objects number of objects
   * @param bytes their bytes
   */
  public record Stored(long objects, long bytes) {

    /** For constructor expressions in queries. */
    public Stored(Long objects, Long bytes) {
      this((long) objects, (long) bytes);
    }
  }

  /** What is stored for everybody; sums up repositories, not objects. */
  public Stored stored() {
    return em().createQuery(
            "select new org.hikae.insight.store.MonitoringFigures$Stored("
                + "coalesce(sum(b.objectCount), 0), coalesce(sum(b.storedBytes), 0))"
                + " from BackupRepository b",
            Stored.class)
        .getSingleResult();
  }

  /**
   * Notices that wait.
   *
   * @param notices how many
   * @param since when the oldest was written; null when there is none
   */
  public record WaitingNotices(long notices, @Nullable Instant since) {

    /** For constructor expressions in queries. */
    public WaitingNotices(Long notices, @Nullable Instant since) {
      this((long) notices, since);
    }
  }

  /**
   * Notices that somebody should have by now: not handed to any channel yet, or due, or tried in
   * vain.
   */
  public WaitingNotices outbox(Instant now) {
    return em().createQuery(
            "select new org.hikae.insight.store.MonitoringFigures$WaitingNotices(count(n), min(n.createdAt))"
                + " from Notice n where n.addressedAt is null or n.noticeId in"
                + " (select d.noticeId from NoticeDelivery d where d.state = :waiting"
                + " and (d.attempts > 0 or d.dueAt <= :now))",
            WaitingNotices.class)
        .setParameter("waiting", DeliveryState.WAITING)
        .setParameter("now", now)
        .getSingleResult();
  }
}

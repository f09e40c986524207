package org.hikae.notice.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hikae.schema.store.EntityStore;

/**
 * Up to where people of the administration have read the notices, and when they were last there.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class NoticeReadingStore extends EntityStore {

  private static final String ONE = " where issuer = :issuer and subject = :subject";

  /** For the container. */
  public NoticeReadingStore() {}

  /** For tests without a container. */
  public NoticeReadingStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** The last notice that somebody has seen; 0 for none. */
  public long readUpTo(String issuer, String subject) {
    List<?> rows =
        em().createNativeQuery("select read_notice_id from notice_reading" + ONE, Long.class)
            .setParameter("issuer", issuer)
            .setParameter("subject", subject)
            .getResultList();
    return rows.isEmpty() ? 0 : ((Number) rows.getFirst()).longValue();
  }

  /** Whether it is noted that somebody was there since, and as what. */
  public boolean isNoted(String issuer, String subject, boolean administrator, Instant since) {
    return !em().createNativeQuery(
            "select read_notice_id from notice_reading"
                + ONE
                + " and administrator = :administrator and signed_in_at >= :since",
            Long.class)
        .setParameter("issuer", issuer)
        .setParameter("subject", subject)
        .setParameter("administrator", administrator)
        .setParameter("since", since)
        .getResultList()
        .isEmpty();
  }

  /** Notes that somebody is there, and as what. */
  public void note(String issuer, String subject, boolean administrator, Instant at) {
    boolean isNew =
        inserted(
            "insert into notice_reading (issuer, subject, administrator, signed_in_at,"
                + " read_notice_id) values (?, ?, ?, ?, 0)",
            issuer,
            subject,
            administrator,
            at);
    if (!isNew) {
      em().createNativeQuery(
              "update notice_reading set administrator = :administrator, signed_in_at = :at" + ONE)
          .setParameter("issuer", issuer)
          .setParameter("subject", subject)
          .setParameter("administrator", administrator)
          .setParameter("at", at)
          .executeUpdate();
    }
  }

  /** Somebody of whom was noted that they are there has seen the notices up to this one. */
  public void read(String issuer, String subject, long noticeId) {
    em().createNativeQuery("update notice_reading set read_notice_id = :notice" + ONE)
        .setParameter("issuer", issuer)
        .setParameter("subject", subject)
        .setParameter("notice", noticeId)
        .executeUpdate();
  }

  /** How many administrators were there since. */
  public long administratorsSince(Instant since) {
    return ((Number)
            em().createNativeQuery(
                    "select count(*) from notice_reading"
                        + " where administrator = true and signed_in_at >= :since",
                    Long.class)
                .setParameter("since", since)
                .getSingleResult())
        .longValue();
  }

  /** Forgets who was last there before. */
  public void forgetBefore(Instant limit) {
    em().createNativeQuery("delete from notice_reading where signed_in_at < :limit")
        .setParameter("limit", limit)
        .executeUpdate();
  }
}

package org.hikae.notice.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hikae.notice.entity.NoticeDelivery;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.DeliveryState;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Messages that wait, were sent, or were given up. */
@ApplicationScoped
public class NoticeDeliveryStore extends EntityStore {

  private static final String DUE =
      " d.state = :waiting and d.dueAt <= :now"
          + " and (d.claimedUntil is null or d.claimedUntil <= :now)";

  private static final String DIGEST_TO =
      " and d.digest = true and d.channel = :channel and d.address = :address"
          + " and d.language = :language";

  /**
   * How the messages of one channel stand.
   *
   * @param waiting messages that wait
   * @param failed messages that were given up
   * @param troubled of those that wait, with a failed attempt
   * @param unreached of those, where it lies at the channel and not at the message or its address
   * @param dueSince when the one was due that is due longest; null when none waits
   */
  public record Figures(
      long waiting, long failed, long troubled, long unreached, @Nullable Instant dueSince) {}

  /** For the container. */
  public NoticeDeliveryStore() {}

  /** For tests without a container. */
  public NoticeDeliveryStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Writes a message. */
  public void add(NoticeDelivery delivery) {
    em().persist(delivery);
  }

  /** Whether this notice has a message to this address. */
  public boolean isWritten(long noticeId, NoticeChannel channel, String address) {
    return em().createQuery(
                "select count(d) from NoticeDelivery d where d.noticeId = :notice"
                    + " and d.channel = :channel and d.address = :address",
                Long.class)
            .setParameter("notice", noticeId)
            .setParameter("channel", channel)
            .setParameter("address", address)
            .getSingleResult()
        > 0;
  }

  /** Numbers of messages that may be sent now, those due longest first. */
  public List<Long> due(Instant now, int limit) {
    return em().createQuery(
            "select d.deliveryId from NoticeDelivery d where"
                + DUE
                + " order by d.dueAt, d.deliveryId",
            Long.class)
        .setParameter("waiting", DeliveryState.WAITING)
        .setParameter("now", now)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** Those of one destination's digest that may be sent now, those due longest first. */
  public List<Long> dueDigest(DeliveryDestination to, Instant now, int limit) {
    return ofDigest("select d.deliveryId", " order by d.dueAt, d.deliveryId", to, now)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** How many of one destination's digest may be sent now. */
  public long countDueDigest(DeliveryDestination to, Instant now) {
    return ofDigest("select count(d)", "", to, now).getSingleResult();
  }

  private TypedQuery<Long> ofDigest(
      String select, String order, DeliveryDestination to, Instant now) {
    return em().createQuery(
            select + " from NoticeDelivery d where" + DUE + DIGEST_TO + order, Long.class)
        .setParameter("waiting", DeliveryState.WAITING)
        .setParameter("now", now)
        .setParameter("channel", to.channel())
        .setParameter("address", to.address())
        .setParameter("language", to.language());
  }

  /** The message, read under a lock that lasts until the transaction ends. */
  public Optional<NoticeDelivery> lock(long deliveryId) {
    return Optional.ofNullable(
        em().find(NoticeDelivery.class, deliveryId, LockModeType.PESSIMISTIC_WRITE));
  }

  /** The messages of these notices, in the order they were written. */
  public List<NoticeDelivery> of(Collection<Long> noticeIds) {
    return em().createQuery(
            "select d from NoticeDelivery d where d.noticeId in :notices order by d.deliveryId",
            NoticeDelivery.class)
        .setParameter("notices", noticeIds)
        .getResultList();
  }

  /** Numbers of the messages of a notice. */
  public List<Long> idsOf(long noticeId) {
    return em().createQuery(
            "select d.deliveryId from NoticeDelivery d where d.noticeId = :notice"
                + " order by d.deliveryId",
            Long.class)
        .setParameter("notice", noticeId)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }

  /** How a channel stands. */
  public Figures figures(NoticeChannel channel) {
    return em().createQuery(
            "select new org.hikae.notice.store.NoticeDeliveryStore$Figures("
                + "count(case when d.state = :waiting then 1 end),"
                + " count(case when d.state = :failed then 1 end),"
                + " count(case when d.state = :waiting and d.trouble is not null then 1 end),"
                + " count(case when d.state = :waiting and d.trouble is not null"
                + " and d.trouble not in :ofMessage then 1 end),"
                + " min(case when d.state = :waiting then d.dueAt end))"
                + " from NoticeDelivery d where d.channel = :channel"
                + " and d.state in (:waiting, :failed)",
            Figures.class)
        .setParameter("waiting", DeliveryState.WAITING)
        .setParameter("failed", DeliveryState.FAILED)
        .setParameter(
            "ofMessage",
            Arrays.stream(DeliveryFailure.values()).filter(DeliveryFailure::isOfMessage).toList())
        .setParameter("channel", channel)
        .getSingleResult();
  }

  /** Removes what waits for a recipient who is one no more. */
  public void forgetWaiting(long recipientId) {
    em().createQuery(
            "delete from NoticeDelivery d where d.recipientId = :recipient and d.state <> :sent")
        .setParameter("recipient", recipientId)
        .setParameter("sent", DeliveryState.SENT)
        .executeUpdate();
  }
}

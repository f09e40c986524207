package org.hikae.notice.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.NoticeFactsCodec;
import org.hikae.notice.control.OutgoingMessage;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.entity.NoticeDelivery;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.notice.service.AddressBook;
import org.hikae.notice.store.NoticeDeliveryStore;
import org.hikae.notice.store.NoticeRecipientStore;
import org.hikae.notice.store.NoticeStore;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.NoticeChannel;

/**
 * What waits to be sent; each method is one short transaction. A message is claimed under a lock on
 * its row, so that two nodes never have it at once; who was slower than {@link #LEASE} has lost it
 * and can no longer say how it ended.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DeliverySteps {

  /** How long a claim holds: longer than one message can take, whatever the other side does. */
  static final Duration LEASE = Duration.ofMinutes(10);

  /** How long notices are kept. */
  static final Duration KEPT = Duration.ofDays(90);

  /** Most notices of one mail; what is more of a digest goes with the next one. */
  private static final int DIGEST = 1000;

  private static final String MESSAGE_ID_PREFIX = "hikae-notice-";
  private static final int AT_ONCE = 50;
  private static final int FORGOTTEN_AT_ONCE = 1000;

  @Inject private NoticeDeliveryStore deliveries;
  @Inject private NoticeRecipientStore recipients;
  @Inject private NoticeStore notices;
  @Inject private AddressBook addressBook;
  @Inject private Clock clock;

  /**
   * A message that is claimed.
   *
   * @param deliveryId its number
   * @param digest whether it may be told together with others
   * @param message what goes where
   */
  public record ClaimedDelivery(long deliveryId, boolean digest, OutgoingMessage message) {}

  /**
   * Claims what is due, of a digest all that one message can tell; nobody else gets it while the
   * claim holds.
   */
  public List<ClaimedDelivery> claim(String holder) {
    Instant now = clock.instant();
    List<NoticeDelivery> mine = new ArrayList<>();
    Map<DeliveryDestination, Long> left = new HashMap<>();
    for (long id : deliveries.due(now, AT_ONCE)) {
      // Who has much to send leaves the rest to the next claim.
      if (mine.size() < DIGEST) {
        List<NoticeDelivery> together = claim(List.of(id), holder, now);
        mine.addAll(together);
        if (!together.isEmpty() && together.getFirst().isDigest()) {
          DeliveryDestination to = together.getFirst().destination();
          // Who reads a webhook may have a small limit of its own.
          int most = to.channel() == NoticeChannel.MAIL ? DIGEST : AT_ONCE;
          mine.addAll(claim(deliveries.dueDigest(to, now, most - 1), holder, now));
          left.put(to, deliveries.countDueDigest(to, now));
        }
      }
    }
    if (mine.isEmpty()) {
      return List.of();
    }
    Map<Long, Notice> told =
        notices.byIds(mine.stream().map(NoticeDelivery::noticeId).toList()).stream()
            .collect(Collectors.toMap(Notice::noticeId, Function.identity()));
    Map<Long, ZoneId> zones =
        recipients.all().stream()
            .collect(Collectors.toMap(NoticeRecipient::recipientId, one -> one.times().zone()));
    Map<Long, String> names = names(told.values());
    return mine.stream()
        .map(
            delivery ->
                claimed(
                    delivery,
                    content(Objects.requireNonNull(told.get(delivery.noticeId())), names),
                    zones.getOrDefault(delivery.recipientId(), ZoneOffset.UTC),
                    delivery.isDigest() ? left.getOrDefault(delivery.destination(), 0L) : 0))
        .toList();
  }

  private List<NoticeDelivery> claim(List<Long> ids, String holder, Instant now) {
    return ids.stream()
        .flatMap(id -> deliveries.lock(id).stream())
        .filter(delivery -> delivery.claim(holder, now, now.plus(LEASE)))
        .toList();
  }

  /** As the directory calls them when the message goes out. */
  private Map<Long, String> names(Collection<Notice> told) {
    return addressBook.names(
        told.stream()
            .map(Notice::employeeId)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static OutgoingMessage.Content content(Notice notice, Map<Long, String> names) {
    Long employeeId = notice.employeeId();
    return new OutgoingMessage.Content(
        notice.noticeId(),
        notice.kind().orElseThrow(),
        notice.createdAt(),
        employeeId,
        employeeId == null ? null : names.get(employeeId),
        NoticeFactsCodec.parse(notice.detail()));
  }

  private static ClaimedDelivery claimed(
      NoticeDelivery delivery, OutgoingMessage.Content content, ZoneId zone, long left) {
    return new ClaimedDelivery(
        delivery.deliveryId(),
        delivery.isDigest(),
        new OutgoingMessage(
            MESSAGE_ID_PREFIX + delivery.deliveryId(),
            delivery.destination(),
            zone,
            List.of(content),
            left));
  }

  /** The other side took them. */
  public void sent(String holder, List<Long> ids) {
    changeClaimed(holder, ids, delivery -> delivery.sent(clock.instant()));
  }

  /** It did not work this time. */
  public void failed(String holder, List<Long> ids, DeliveryException why) {
    changeClaimed(holder, ids, delivery -> delivery.failed(why.trouble(), clock.instant()));
  }

  /** They were not tried; anybody may. */
  public void giveBack(String holder, List<Long> ids) {
    changeClaimed(holder, ids, NoticeDelivery::giveBack);
  }

  private void changeClaimed(String holder, List<Long> ids, Consumer<NoticeDelivery> what) {
    for (long id : ids) {
      deliveries.lock(id).filter(delivery -> delivery.isHeldBy(holder)).ifPresent(what);
    }
  }

  /** Removes notices that are {@link #KEPT} old, with their deliveries. */
  public void forgetOld() {
    var _ = notices.forgetBefore(clock.instant().minus(KEPT), FORGOTTEN_AT_ONCE);
  }
}

package org.hikae.notice.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.metrics.service.JobRunner;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.OutgoingMessage;
import org.hikae.notice.job.DeliverySteps.ClaimedDelivery;
import org.hikae.notice.service.NoticeTransports;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.problem.service.CorrelationIds;

/**
 * Sends what waits (ADR 19). Nothing is held in the database while a message is on its way. A
 * message is sent once, unless a node dies, or its connection breaks, between sending and noting
 * that; it then goes again under the same id.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NoticeDeliveryJob {

  private static final System.Logger LOG = System.getLogger(NoticeDeliveryJob.class.getName());

  /** Rounds of one run; the next run goes on. */
  private static final int MAX_ROUNDS = 20;

  @Inject private NoticeAddressingSteps addressing;
  @Inject private DeliverySteps deliverySteps;
  @Inject private NoticeTransports transports;
  @Inject private CorrelationIds ids;
  @Inject private Clock clock;

  /** Addresses what is new and sends what is due. May run on several nodes at once. */
  public void run() {
    JobRunner.steps(MAX_ROUNDS, () -> addressing.step() > 0);
    Set<NoticeChannel> down = EnumSet.noneOf(NoticeChannel.class);
    JobRunner.steps(MAX_ROUNDS, () -> round(down));
    deliverySteps.forgetOld();
  }

  /** Whether another round may find something to do. */
  private boolean round(Set<NoticeChannel> down) {
    String holder = ids.next().toString();
    Instant until = clock.instant().plus(DeliverySteps.LEASE.dividedBy(2));
    List<ClaimedDelivery> claimed = deliverySteps.claim(holder);
    for (List<ClaimedDelivery> together : grouped(claimed)) {
      List<Long> deliveries = together.stream().map(ClaimedDelivery::deliveryId).toList();
      NoticeChannel channel = together.getFirst().message().to().channel();
      if (down.contains(channel) || clock.instant().isAfter(until)) {
        deliverySteps.giveBack(holder, deliveries);
      } else {
        send(holder, together, deliveries, down);
      }
    }
    return !claimed.isEmpty() && down.isEmpty();
  }

  private void send(
      String holder,
      List<ClaimedDelivery> together,
      List<Long> deliveries,
      Set<NoticeChannel> down) {
    OutgoingMessage first = together.getFirst().message();
    OutgoingMessage outgoingMessage =
        new OutgoingMessage(
            first.id(),
            first.to(),
            first.zone(),
            together.stream().flatMap(one -> one.message().contents().stream()).toList(),
            first.left());
    NoticeChannel channel = first.to().channel();
    try {
      transports.of(channel).send(outgoingMessage);
      deliverySteps.sent(holder, deliveries);
    } catch (DeliveryException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Notice {0} waits: {1} {2}",
          outgoingMessage.id(),
          channel,
          e.trouble());
      deliverySteps.failed(holder, deliveries, e);
      if (!e.trouble().isOfMessage()) {
        // The others would wait for the same; they keep their attempts.
        down.add(channel);
      }
    }
  }

  /** Those of a digest together, each other by itself. */
  private static List<List<ClaimedDelivery>> grouped(List<ClaimedDelivery> claimed) {
    Map<DeliveryDestination, List<ClaimedDelivery>> digests = new LinkedHashMap<>();
    List<List<ClaimedDelivery>> all = new ArrayList<>();
    for (ClaimedDelivery one : claimed) {
      if (one.digest()) {
        digests.computeIfAbsent(one.message().to(), to -> new ArrayList<>()).add(one);
      } else {
        all.add(List.of(one));
      }
    }
    all.addAll(digests.values());
    return all;
  }
}

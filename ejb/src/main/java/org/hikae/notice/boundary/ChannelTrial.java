package org.hikae.notice.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.view.Caller;
import org.hikae.identity.wire.Realm;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.Parcel;
import org.hikae.notice.service.Channels;
import org.hikae.notice.service.RecipientForm;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.Trouble;
import org.hikae.notice.view.ChannelTest;
import org.hikae.notice.view.ChannelTested;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.service.CorrelationIds;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ActorLimit;

/**
 * Sends an administrator a message at once, past the outbox, to see whether a way out works: by
 * mail to their own address only. Runs outside of any transaction.
 */
@Stateless
@RolesAllowed(Realm.BACKUP_ADMIN)
@FromClient(Realm.PORTAL_CLIENT)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChannelTrial {

  /** Nobody is flooded by whoever may press the button. */
  private static final ActorLimit LIMIT = new ActorLimit(5, Duration.ofMinutes(1), 1000);

  @Inject private Channels channels;
  @Inject private CurrentCaller currentCaller;
  @Inject private CorrelationIds ids;
  @Inject private Clock clock;

  /** Tries a way out. */
  public ChannelTested run(ChannelTest test, String language) {
    NoticeChannel channel = RecipientForm.channel(test.channel());
    Caller caller = currentCaller.caller();
    Instant now = clock.instant();
    if (!LIMIT.allow(caller.subject(), now)) {
      throw Refusal.retryAfter(
          ProblemCode.TOO_MANY_REQUESTS, LIMIT.secondsUntilNext(caller.subject(), now));
    }
    String mail = caller.names().email();
    String address = channel == NoticeChannel.WEBHOOK ? RecipientForm.WEBHOOK : mail;
    if (address == null) {
      return new ChannelTested(false, Trouble.ADDRESS.name());
    }
    Parcel parcel =
        new Parcel(
            "hikae-test-" + ids.next(),
            new DeliveryDestination(channel, address, language),
            ZoneOffset.UTC,
            List.of(new Parcel.Content(0, NoticeKind.CHANNEL_TEST, now, null, Map.of())),
            0);
    try {
      channels.of(channel).send(parcel);
      return new ChannelTested(true, null);
    } catch (DeliveryException e) {
      return new ChannelTested(false, e.trouble().name());
    }
  }
}

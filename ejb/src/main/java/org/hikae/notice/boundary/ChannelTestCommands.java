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
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.view.Caller;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.OutgoingMessage;
import org.hikae.notice.service.ChannelDraftReader;
import org.hikae.notice.service.ChannelSettingsReader;
import org.hikae.notice.service.ChannelSettingsWriter;
import org.hikae.notice.service.NoticeTransport;
import org.hikae.notice.service.NoticeTransports;
import org.hikae.notice.service.RecipientParser;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.view.PutChannel;
import org.hikae.notice.view.TestChannel;
import org.hikae.notice.view.TestChannelResult;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.service.CorrelationIds;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ActorLimit;
import org.hikae.runtime.control.ChannelAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sends an administrator a message at once, past the outbox, to see whether a way out works: by
 * mail to their own address only. Runs outside of any transaction.
 */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChannelTestCommands {

  /** Nobody is flooded by whoever may press the button. */
  private static final ActorLimit LIMIT = new ActorLimit(5, Duration.ofMinutes(1), 1000);

  @Inject private NoticeTransports transports;
  @Inject private ChannelDraftReader drafts;
  @Inject private ChannelSettingsReader reader;
  @Inject private ChannelSettingsWriter writer;
  @Inject private CurrentCaller currentCaller;
  @Inject private CorrelationIds ids;
  @Inject private Clock clock;

  /**
   * Tries a way out, by what holds or by what is being entered, which is refused while the
   * environment says where it leads. The trail says so, and how it went.
   *
   * @param language of the message
   */
  public TestChannelResult run(TestChannel test, String language) {
    NoticeChannel channel = test.channel();
    Caller caller = currentCaller.caller();
    PutChannel put = test.settings();
    if (put != null && reader.environment(channel) != null) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    Instant now = clock.instant();
    if (!LIMIT.allow(caller.subject(), now)) {
      throw Refusal.retryAfter(
          ProblemCode.TOO_MANY_REQUESTS, LIMIT.secondsUntilNext(caller.subject(), now));
    }
    ChannelAddress tried = put == null ? null : drafts.read(channel, put);
    TestChannelResult result = result(channel, tried, message(channel, caller, language, now));
    writer.tested(channel, tried, result.sent() ? "SENT" : String.valueOf(result.trouble()));
    return result;
  }

  private @Nullable OutgoingMessage message(
      NoticeChannel channel, Caller caller, String language, Instant now) {
    String mail = caller.names().email();
    String address = channel == NoticeChannel.WEBHOOK ? RecipientParser.WEBHOOK : mail;
    return address == null
        ? null
        : new OutgoingMessage(
            "hikae-test-" + ids.next(),
            new DeliveryDestination(channel, address, language),
            ZoneOffset.UTC,
            List.of(
                new OutgoingMessage.Content(0, NoticeKind.CHANNEL_TEST, now, null, null, Map.of())),
            0);
  }

  private TestChannelResult result(
      NoticeChannel channel,
      @Nullable ChannelAddress tried,
      @Nullable OutgoingMessage outgoingMessage) {
    if (outgoingMessage == null) {
      return new TestChannelResult(false, DeliveryFailure.ADDRESS, null);
    }
    NoticeTransport transport = transports.of(channel);
    try {
      if (tried == null) {
        transport.send(outgoingMessage);
      } else {
        transport.send(outgoingMessage, tried);
      }
      return new TestChannelResult(true, null, null);
    } catch (DeliveryException e) {
      return new TestChannelResult(false, e.trouble(), e.answer());
    }
  }
}

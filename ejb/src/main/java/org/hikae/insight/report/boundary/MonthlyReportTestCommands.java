package org.hikae.insight.report.boundary;

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
import org.hikae.insight.report.service.MonthlyReportAudit;
import org.hikae.insight.report.service.MonthlyReportFileProvider;
import org.hikae.insight.report.service.MonthlyReportReader;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.OutgoingMessage;
import org.hikae.notice.service.NoticeTransports;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.view.TestChannelResult;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.service.CorrelationIds;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ActorLimit;

/**
 * Sends an administrator the newest report at once, past the outbox and to their own address only:
 * a preview while no report is kept. Runs outside of any transaction.
 */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MonthlyReportTestCommands {

  private static final ActorLimit LIMIT = new ActorLimit(5, Duration.ofMinutes(1), 1000);

  @Inject private NoticeTransports transports;
  @Inject private MonthlyReportReader reader;
  @Inject private MonthlyReportAudit audit;
  @Inject private CurrentCaller currentCaller;
  @Inject private CorrelationIds ids;
  @Inject private Clock clock;

  /**
   * Sends it, and says how that ended. The trail says so, too.
   *
   * @param language {@code en} or {@code ja}
   */
  public TestChannelResult run(String language) {
    if (!language.equals("en") && !language.equals("ja")) {
      throw Refusal.malformed("language must be en or ja.");
    }
    Caller caller = currentCaller.caller();
    Instant now = clock.instant();
    if (!LIMIT.allow(caller.subject(), now)) {
      throw Refusal.retryAfter(
          ProblemCode.TOO_MANY_REQUESTS, LIMIT.secondsUntilNext(caller.subject(), now));
    }
    MonthlyReportPeriod period = reader.newest();
    TestChannelResult result = send(caller, language, period, now);
    audit.tested(period, result.sent() ? "SENT" : String.valueOf(result.trouble()));
    return result;
  }

  private TestChannelResult send(
      Caller caller, String language, MonthlyReportPeriod period, Instant now) {
    String address = caller.names().email();
    if (address == null) {
      return new TestChannelResult(false, DeliveryFailure.ADDRESS, null);
    }
    OutgoingMessage.Content content =
        new OutgoingMessage.Content(
            0,
            NoticeKind.MONTHLY_REPORT,
            now,
            null,
            null,
            Map.of(MonthlyReportFileProvider.MONTH, period.text()));
    try {
      transports
          .of(NoticeChannel.MAIL)
          .send(
              new OutgoingMessage(
                  "hikae-test-" + ids.next(),
                  new DeliveryDestination(NoticeChannel.MAIL, address, language),
                  ZoneOffset.UTC,
                  List.of(content),
                  0));
      return new TestChannelResult(true, null, null);
    } catch (DeliveryException e) {
      return new TestChannelResult(false, e.trouble(), e.answer());
    }
  }
}

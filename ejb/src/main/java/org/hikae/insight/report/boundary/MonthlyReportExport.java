package org.hikae.insight.report.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.view.Caller;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.report.control.MonthlyReportFileMapper;
import org.hikae.insight.report.service.MonthlyReportAudit;
import org.hikae.insight.report.service.MonthlyReportReader;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.insight.report.view.MonthlyReportDocument;
import org.hikae.insight.report.view.MonthlyReportFile;
import org.hikae.insight.report.view.MonthlyReportFormat;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ActorLimit;

/** Gives reports as files. Each file leaves a trace. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MonthlyReportExport {

  /** Files of one person in an hour: a preview counts anew each time. */
  private static final ActorLimit LIMIT = new ActorLimit(60, Duration.ofHours(1), 1000);

  @Inject private MonthlyReportReader reader;
  @Inject private MonthlyReportAudit audit;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /**
   * The report of a month as a file; of the month that is not over a preview, which is not kept.
   *
   * @param month such as 2026-11; refused as not found when there is no report of it
   * @param language {@code en} or {@code ja}
   */
  public MonthlyReportFile file(String month, MonthlyReportFormat format, String language) {
    if (!language.equals("en") && !language.equals("ja")) {
      throw Refusal.malformed("language must be en or ja.");
    }
    MonthlyReportPeriod period = MonthlyReportPeriod.parse(month).orElseThrow(Refusal::notFound);
    Caller caller = currentCaller.caller();
    String actor = caller.issuer() + " " + caller.subject();
    Instant now = clock.instant();
    if (!LIMIT.allow(actor, now)) {
      throw Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, LIMIT.secondsUntilNext(actor, now));
    }
    MonthlyReportDocument document = reader.find(period).orElseThrow(Refusal::notFound);
    audit.downloaded(period, Map.of("format", format.name(), "language", language));
    return MonthlyReportFileMapper.of(document, format, language);
  }
}

package org.hikae.insight.report.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.insight.report.control.MonthlyReportCodec;
import org.hikae.insight.report.control.MonthlyReportFileMapper;
import org.hikae.insight.report.entity.MonthlyReport;
import org.hikae.insight.report.entity.MonthlyReportSchedule;
import org.hikae.insight.report.service.MonthlyReportAudit;
import org.hikae.insight.report.service.MonthlyReportCounter;
import org.hikae.insight.report.service.MonthlyReportFileProvider;
import org.hikae.insight.report.service.MonthlyReportReader;
import org.hikae.insight.report.store.MonthlyReportStore;
import org.hikae.insight.report.value.MonthlyReportContent;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.insight.report.view.MonthlyReportFormat;
import org.hikae.notice.service.NoticeTransports;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.wire.NoticeKind;

/**
 * Keeps the report of the month that is over, once, and puts its mails into the outbox in the same
 * transaction. Of several portals one holds the schedule and does so; the others then find the
 * report.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class MonthlyReportJob {

  @Inject private MonthlyReportStore store;
  @Inject private MonthlyReportCounter counter;
  @Inject private MonthlyReportReader reader;
  @Inject private NoticeTransports transports;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** Makes the report of the month before, unless it is kept, or nothing was noted in it. */
  public void run() {
    Instant now = clock.instant();
    MonthlyReportPeriod period = MonthlyReportPeriod.at(now).before();
    if (store.find(period.text()).isPresent()) {
      return;
    }
    MonthlyReportSchedule schedule = store.lockSchedule();
    if (store.find(period.text()).isPresent() || !counter.isNoted(period)) {
      return;
    }
    MonthlyReportContent content = counter.count(period, now);
    // What cannot be written is not kept: it would be mailed in vain.
    var _ =
        MonthlyReportFileMapper.of(
            reader.document(content), MonthlyReportFormat.PDF, schedule.language());
    store.add(new MonthlyReport(period.text(), now, MonthlyReportCodec.json(content.rows())));
    List<DeliveryDestination> to = recipients(schedule);
    if (!to.isEmpty()) {
      outbox.tellAddresses(
          NoticeKind.MONTHLY_REPORT, Map.of(MonthlyReportFileProvider.MONTH, period.text()), to);
    }
    trail.recordSystem(
        "monthly-report",
        "monthly-report.keep",
        MonthlyReportAudit.object(period),
        Map.of("recipients", Integer.toString(to.size())));
  }

  /** Nobody while mail is not set up: nothing old is sent on the day it is. */
  private List<DeliveryDestination> recipients(MonthlyReportSchedule schedule) {
    if (!schedule.isEnabled() || !transports.of(NoticeChannel.MAIL).isConfigured()) {
      return List.of();
    }
    return schedule.addresses().stream()
        .map(address -> new DeliveryDestination(NoticeChannel.MAIL, address, schedule.language()))
        .toList();
  }
}

package org.hikae.it.container.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.notice.value.NoticeChannel.MAIL;
import static org.hikae.problem.wire.ProblemCode.EDITED_MEANWHILE;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;

import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.hikae.audit.boundary.AuditQueries;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.audit.view.AuditRow;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.report.boundary.MonthlyReportExport;
import org.hikae.insight.report.boundary.MonthlyReportQueries;
import org.hikae.insight.report.boundary.MonthlyReportScheduleCommands;
import org.hikae.insight.report.boundary.MonthlyReportTestCommands;
import org.hikae.insight.report.job.MonthlyReportJob;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.insight.report.view.MonthlyReportFile;
import org.hikae.insight.report.view.MonthlyReportFormat;
import org.hikae.insight.report.view.MonthlyReportList;
import org.hikae.insight.report.view.PutMonthlyReportSchedule;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.notice.boundary.ChannelSettingsCommands;
import org.hikae.notice.boundary.NoticeCommands;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.view.NoticeCriteria;
import org.hikae.notice.view.NoticeView;
import org.hikae.notice.view.PutChannel;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.PageRequest;
import org.hikae.runtime.control.SmtpAddress.Security;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The report of a month is made once, stays as it is, and goes to those whom an administrator
 * chose. Time budget: 10 seconds on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class MonthlyReportContainerIT {

  private static final TestCaller ADMIN =
      TestCaller.portal("report-admin", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller AUDITOR =
      TestCaller.portal("report-auditor", RealmNames.EMPLOYEE, RealmNames.AUDITOR);
  private static final TestCaller HELPER =
      TestCaller.portal("report-helper", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final MonthlyReportPeriod CURRENT = MonthlyReportPeriod.at(Instant.now());
  private static final MonthlyReportPeriod OVER = CURRENT.before();

  @Inject private MonthlyReportJob reportJob;
  @Inject private MonthlyReportQueries queries;
  @Inject private MonthlyReportExport export;
  @Inject private MonthlyReportScheduleCommands scheduleCommands;
  @Inject private MonthlyReportTestCommands testCommands;
  @Inject private ChannelSettingsCommands channels;
  @Inject private NoticeCommands noticeCommands;
  @Inject private AuditQueries auditQueries;
  @Inject private MaintenanceFixture maintenanceFixture;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  private static PutMonthlyReportSchedule to(boolean enabled, String... addresses) {
    return new PutMonthlyReportSchedule(enabled, List.of(addresses), "ja");
  }

  private void asOwner(String sql) throws Exception {
    try (Connection connection = maintenanceFixture.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String csv(MonthlyReportPeriod period) throws Exception {
    MonthlyReportFile file =
        AUDITOR.call(() -> export.file(period.text(), MonthlyReportFormat.CSV, "en"));
    return new String(file.content(), StandardCharsets.UTF_8);
  }

  private List<NoticeView> told() throws Exception {
    NoticeCriteria query = new NoticeCriteria(null, false, null, NoticeKind.MONTHLY_REPORT.code());
    return AUDITOR.call(() -> noticeCommands.page(query, new PageRequest(10))).notices();
  }

  @Test
  void a_report_is_made_once_mailed_once_and_never_changes() throws Exception {
    asOwner("delete from monthly_report");
    asOwner("delete from notice where kind = 'report.monthly'");
    asOwner("delete from protection_day");
    reportJob.run();
    assertThat(AUDITOR.call(queries::list).reports()).as("nothing was noted").isEmpty();
    maintenanceFixture.update(
        "insert into protection_day"
            + " (noted_on, noted_at, employees, opted_in, devices, fresh_devices)"
            + " values (?, ?, 40, 30, 20, 10)",
        OVER.month().atEndOfMonth(),
        OVER.until().minusSeconds(3000));
    long edition = ADMIN.call(queries::schedule).edition();
    ADMIN.run(() -> scheduleCommands.put(edition, to(true, "one@example.com", "two@example.com")));
    long mail = ADMIN.call(() -> channels.settings(MAIL)).edition();
    ADMIN.run(
        () ->
            channels.put(
                MAIL,
                mail,
                new PutChannel(
                    "localhost", 587, Security.STARTTLS, "a@example.com", "", "", null, null)));
    try {
      reportJob.run();
      String kept = csv(OVER);
      assertThat(kept).contains("coverage,opted-in,count,30").contains("report,,preview,false");
      maintenanceFixture.update("update protection_day set opted_in = 29");
      reportJob.run();
      assertThat(csv(OVER)).isEqualTo(kept);
      for (String change :
          List.of("update monthly_report set content = '[]'", "delete from monthly_report")) {
        assertThatThrownBy(() -> maintenanceFixture.update(change))
            .isInstanceOf(SQLException.class);
      }
      MonthlyReportList list = AUDITOR.call(queries::list);
      assertThat(list.reports())
          .singleElement()
          .satisfies(one -> assertThat(one.month()).isEqualTo(OVER.text()));
      assertThat(list.current()).isEqualTo(CURRENT.text());
      assertThat(told())
          .singleElement()
          .satisfies(
              notice -> {
                assertThat(notice.detail()).containsEntry("month", OVER.text());
                assertThat(notice.deliveries())
                    .extracting(NoticeView.Delivery::address)
                    .containsExactlyInAnyOrder("one@example.com", "two@example.com");
              });
    } finally {
      ADMIN.run(() -> channels.remove(MAIL, channels.settings(MAIL).edition()));
      ADMIN.run(() -> scheduleCommands.put(queries.schedule().edition(), to(false)));
      // Nothing answers there: other tests would find that mail is broken.
      asOwner(
          "delete from notice_delivery where notice_id in"
              + " (select notice_id from notice where kind = 'report.monthly')");
    }
  }

  @Test
  void there_is_a_preview_of_this_month_and_nothing_of_others() throws Exception {
    MonthlyReportFile preview =
        ADMIN.call(() -> export.file(CURRENT.text(), MonthlyReportFormat.PDF, "ja"));
    assertThat(preview.name()).isEqualTo("hikae-monthly-report-" + CURRENT.text() + "-preview.pdf");
    assertThat(new String(Arrays.copyOf(preview.content(), 5), StandardCharsets.US_ASCII))
        .isEqualTo("%PDF-");
    assertThat(csv(CURRENT)).contains("report,,preview,true");
    for (String none : List.of("2001-01", "2001-13", "now", "2026-1")) {
      ExpectedRefusal.with(
          NOT_FOUND, AUDITOR, () -> export.file(none, MonthlyReportFormat.CSV, "en"));
    }
    ExpectedRefusal.with(
        MALFORMED, AUDITOR, () -> export.file(CURRENT.text(), MonthlyReportFormat.PDF, "de"));
    assertThat(actions("monthly-report:" + CURRENT.text())).contains("monthly-report.download");
  }

  @Test
  void only_administrators_say_who_gets_it_and_each_change_leaves_a_trace() throws Exception {
    ExpectedRefusal.byRole(HELPER, queries::list);
    ExpectedRefusal.byRole(
        HELPER, () -> export.file(CURRENT.text(), MonthlyReportFormat.CSV, "en"));
    ExpectedRefusal.byRole(AUDITOR, () -> scheduleCommands.put(0L, to(false)));
    ExpectedRefusal.byRole(AUDITOR, () -> testCommands.run("en"));
    long edition = ADMIN.call(queries::schedule).edition();
    ExpectedRefusal.with(MALFORMED, ADMIN, () -> scheduleCommands.put(edition, to(true)));
    ExpectedRefusal.with(
        MALFORMED, ADMIN, () -> scheduleCommands.put(edition, to(true, "A <a@example.com>")));
    ExpectedRefusal.with(MALFORMED, ADMIN, () -> scheduleCommands.put(null, to(false)));
    ExpectedRefusal.with(
        EDITED_MEANWHILE, ADMIN, () -> scheduleCommands.put(edition + 1, to(false)));
    ADMIN.run(() -> scheduleCommands.put(edition, to(false, "somebody@Mail.example.com")));
    assertThat(ADMIN.call(queries::schedule).addresses())
        .containsExactly("somebody@Mail.example.com");
    assertThat(actions("monthly-report-schedule")).contains("monthly-report.schedule");
    assertThat(rows("monthly-report-schedule").getFirst().detail())
        .contains("\"domains\":\"mail.example.com\"")
        .doesNotContain("somebody");
    // Nobody knows the address of this administrator.
    assertThat(ADMIN.call(() -> testCommands.run("en")).trouble())
        .isEqualTo(DeliveryFailure.ADDRESS);
  }

  private List<String> actions(String object) throws Exception {
    return rows(object).stream().map(AuditRow::action).toList();
  }

  private List<AuditRow> rows(String object) throws Exception {
    AuditCriteria query = new AuditCriteria(null, null, null, null, null, object);
    return AUDITOR.call(() -> auditQueries.page(query, null, new PageRequest(50))).events();
  }
}

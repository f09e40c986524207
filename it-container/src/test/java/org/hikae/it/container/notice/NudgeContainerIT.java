package org.hikae.it.container.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.notice.value.NoticeChannel.MAIL;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.boundary.NudgeCommands;
import org.hikae.insight.boundary.OwnNoticeQueries;
import org.hikae.insight.view.NudgeView;
import org.hikae.insight.view.NudgeView.SkippedReason;
import org.hikae.it.container.fixture.ContainerAwait;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.notice.boundary.ChannelSettingsCommands;
import org.hikae.notice.job.NoticeAddressingSteps;
import org.hikae.notice.view.PutChannel;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.runtime.control.SmtpAddress.Security;
import org.hikae.testing.EveryThirdRun;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Who is reminded: whom it helps, once a day, and only while mail goes out. Time budget: 10 seconds
 * on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
@EveryThirdRun
class NudgeContainerIT {

  private static final TestCaller ADMIN =
      TestCaller.portal("nudge-admin", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);

  @Inject private NudgeCommands nudges;
  @Inject private OwnNoticeQueries ownNotices;
  @Inject private ChannelSettingsCommands channels;
  @Inject private NoticeAddressingSteps addressing;
  @Inject private EnrollmentFixture enrollmentFixture;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  private NudgeView look(long employeeId) throws Exception {
    return ADMIN.call(() -> nudges.look(new EmployeeId(employeeId)));
  }

  @Test
  void who_may_begin_and_has_not_is_reminded_once_a_day() throws Exception {
    EnrollmentFixture.Enrolled who = enrollmentFixture.enrolled("emp-nudged");
    long employeeId = employeeId("emp-nudged");
    assertThat(look(employeeId).skipped()).isEqualTo(SkippedReason.NO_ADDRESS);
    update("update employee set email = 'nudged@example.com' where subject = 'emp-nudged'");
    assertThat(look(employeeId).skipped()).isEqualTo(SkippedReason.NO_MAIL);
    EmployeeId id = new EmployeeId(employeeId);
    ExpectedRefusal.with(CONFLICT, ADMIN, () -> nudges.nudge(id));
    long edition = ADMIN.call(() -> channels.settings(MAIL)).edition();
    PutChannel mail =
        new PutChannel(
            "smtp.invalid", 587, Security.STARTTLS, "a@example.com", null, null, null, null);
    // What others were told is not written to a server that there is not.
    ContainerAwait.until(() -> addressing.step() == 0);
    ADMIN.run(() -> channels.put(MAIL, edition, mail));
    try {
      ContainerAwait.until(() -> look(employeeId).skipped() == null);
      assertThat(look(employeeId).kind()).isEqualTo(NoticeKind.NUDGE_OPT_IN.code());
      assertThat(ADMIN.call(() -> nudges.look(List.of(employeeId, 999_999_999L)))).hasSize(1);
      ADMIN.run(() -> nudges.nudge(id));
      assertThat(who.pages().call(ownNotices::newest))
          .filteredOn(notice -> notice.kind().equals(NoticeKind.NUDGE_OPT_IN.code()))
          .hasSize(1);
      await(employeeId, SkippedReason.TODAY);
      ExpectedRefusal.with(CONFLICT, ADMIN, () -> nudges.nudge(id));
      remindedBefore(employeeId, Duration.ofHours(24).minusMinutes(5));
      await(employeeId, SkippedReason.TODAY);
      ExpectedRefusal.with(CONFLICT, ADMIN, () -> nudges.nudge(id));
      remindedBefore(employeeId, Duration.ofHours(24).plusMinutes(5));
      await(employeeId, null);
      ADMIN.run(() -> nudges.nudge(id));
      assertThat(who.pages().call(ownNotices::newest))
          .filteredOn(notice -> notice.kind().equals(NoticeKind.NUDGE_OPT_IN.code()))
          .hasSize(2);
    } finally {
      ADMIN.run(() -> channels.remove(MAIL, edition + 1));
      forgetMails(employeeId);
    }
  }

  /** Mails to this employee cannot be sent, and would say so of all mail. */
  private void await(long employeeId, @Nullable SkippedReason reason) throws Exception {
    ContainerAwait.until(
        () -> {
          forgetMails(employeeId);
          return look(employeeId).skipped() == reason;
        });
  }

  private void forgetMails(long employeeId) throws Exception {
    update(
        "delete from notice_delivery where channel = 'MAIL' and notice_id in"
            + " (select notice_id from notice where employee_id = "
            + employeeId
            + ")");
  }

  /** Has a reminder been sent so long ago, which a clock would take a day for. */
  private void remindedBefore(long employeeId, Duration ago) throws Exception {
    try (Connection connection = application.getConnection();
        PreparedStatement change =
            connection.prepareStatement(
                "update notice set created_at = ?, cause = null where employee_id = ?"
                    + " and kind = 'nudge.opt-in'")) {
      change.setTimestamp(1, Timestamp.from(Instant.now().minus(ago)));
      change.setLong(2, employeeId);
      assertThat(change.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void only_administrators_remind_and_only_whom_there_is() throws Exception {
    ExpectedRefusal.with(NOT_FOUND, ADMIN, () -> nudges.nudge(new EmployeeId(999_999_999)));
    for (String role : List.of(RealmNames.HELPDESK, RealmNames.AUDITOR)) {
      TestCaller other = TestCaller.portal("nudge-" + role, RealmNames.EMPLOYEE, role);
      ExpectedRefusal.byRole(other, () -> nudges.nudge(new EmployeeId(1)));
      ExpectedRefusal.byRole(other, () -> nudges.look(List.of()));
      ExpectedRefusal.byRole(other, () -> nudges.look(new EmployeeId(1)));
      ExpectedRefusal.byRole(other, () -> nudges.text(NoticeKind.NUDGE_BACKUP, "en"));
    }
  }

  private long employeeId(String subject) throws Exception {
    try (Connection connection = application.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select employee_id from employee where subject = ?")) {
      query.setString(1, subject);
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getLong(1);
      }
    }
  }

  private void update(String sql) throws Exception {
    try (Connection connection = application.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}

package org.hikae.it.container.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.notice.value.NoticeChannel.MAIL;
import static org.hikae.notice.value.NoticeChannel.WEBHOOK;
import static org.hikae.problem.wire.ProblemCode.ANOTHER_PERSON;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.EDITED_MEANWHILE;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.hikae.approval.boundary.ApprovalCommands;
import org.hikae.approval.value.ApprovalRequestId;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approve;
import org.hikae.audit.boundary.AuditQueries;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.audit.view.AuditRow;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.ContainerAwait;
import org.hikae.it.container.fixture.DualControlFixture;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.notice.boundary.ChannelSettingsCommands;
import org.hikae.notice.boundary.ChannelTestCommands;
import org.hikae.notice.boundary.EmployeeMailQueries;
import org.hikae.notice.control.ChannelChange;
import org.hikae.notice.service.ChannelSettingsApproval;
import org.hikae.notice.service.ChannelSettingsWriter;
import org.hikae.notice.value.ChannelOrigin;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.view.ChannelFault;
import org.hikae.notice.view.ChannelSettingsView;
import org.hikae.notice.view.PutChannel;
import org.hikae.notice.view.PutChannelResult;
import org.hikae.notice.view.TestChannel;
import org.hikae.notice.view.TestChannelResult;
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
 * Administrators enter where mail leads: sealed, audited, and by two once it has worked. The
 * webhook of these servers is set by the environment. Time budget: 10 seconds on each database
 * beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class ChannelSettingsContainerIT {

  private static final TestCaller ADMIN =
      TestCaller.portal("channel-admin", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN)
          .writtenTo("channel-admin@example.com");
  private static final TestCaller AUDITOR =
      TestCaller.portal("channel-auditor", RealmNames.EMPLOYEE, RealmNames.AUDITOR);
  private static final TestCaller HELPER =
      TestCaller.portal("channel-helper", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final String PASSWORD = "geheim-Passwort-4711";

  @Inject private ChannelSettingsCommands commands;
  @Inject private ChannelSettingsWriter writer;
  @Inject private ChannelSettingsApproval approval;
  @Inject private ChannelTestCommands channelTests;
  @Inject private EmployeeMailQueries employeeMail;
  @Inject private ApprovalCommands approvals;
  @Inject private AuditQueries auditQueries;
  @Inject private DualControlFixture dualControl;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  @Resource(lookup = "java:jboss/UserTransaction")
  private UserTransaction transaction;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  private static PutChannel mail(String host, String password) {
    return new PutChannel(
        host, 587, Security.STARTTLS, "a@example.com", "login", password, null, null);
  }

  private ChannelSettingsView now() throws Exception {
    return AUDITOR.call(() -> commands.settings(MAIL));
  }

  private static ApprovalView waits(PutChannelResult result) {
    assertThat(result).isInstanceOf(PutChannelResult.Waits.class);
    return (ApprovalView) ((PutChannelResult.Waits) result).approval();
  }

  @Test
  void mail_is_entered_kept_sealed_and_changed_by_two_once_it_has_worked() throws Exception {
    long edition = now().edition();
    assertThat(now().origin()).isEqualTo(ChannelOrigin.NOBODY);
    assertThat(HELPER.call(() -> employeeMail.tells(NoticeKind.DEVICE_REVOKED))).isFalse();
    try {
      ADMIN.run(() -> commands.put(MAIL, edition, mail("localhost", PASSWORD)));
      ChannelSettingsView entered = now();
      assertThat(entered.origin()).isEqualTo(ChannelOrigin.PORTAL);
      assertThat(entered.readable()).isTrue();
      assertThat(entered.host()).isEqualTo("localhost");
      assertThat(entered.toString()).doesNotContain(PASSWORD);
      // What others are told meanwhile cannot be sent.
      ContainerAwait.until(
          () -> {
            forgetMails();
            return HELPER.call(() -> employeeMail.tells(NoticeKind.DEVICE_REVOKED));
          });
      ExpectedRefusal.with(
          EDITED_MEANWHILE, ADMIN, () -> commands.put(MAIL, edition, mail("other", PASSWORD)));
      ExpectedRefusal.with(
          MALFORMED, ADMIN, () -> commands.put(MAIL, null, mail("other", PASSWORD)));
      ExpectedRefusal.with(
          MALFORMED, ADMIN, () -> commands.put(MAIL, entered.edition(), mail("other", "")));
      assertThat(ADMIN.call(() -> commands.fault(MAIL, mail("other", ""))))
          .contains(ChannelFault.PASSWORD);
      requireNothingThere();
      requireNotToThisMachine();
      // Not yet a message went out: a mistake is mended by one.
      ADMIN.run(() -> commands.put(MAIL, entered.edition(), mail("smtp.invalid", PASSWORD)));
      writer.worked(MAIL, entered.edition());
      assertThat(now().workedAt()).as("an edition that was changed since").isNull();
      writer.worked(MAIL, entered.edition() + 1);
      requireTwo();
    } finally {
      long last = now().edition();
      PutChannelResult gone = ADMIN.call(() -> commands.remove(MAIL, last));
      if (gone instanceof PutChannelResult.Waits) {
        dualControl.approve(waits(gone));
      }
      forgetMails();
    }
    assertThat(now().origin()).isEqualTo(ChannelOrigin.NOBODY);
    assertThat(now().workedAt()).isNull();
    requireNoSecretInTheTrail();
  }

  private void requireTwo() throws Exception {
    long edition = now().edition();
    assertThat(now().workedAt()).isNotNull();
    assertThat(ADMIN.call(() -> commands.put(MAIL, edition, mail("smtp.invalid", ""))))
        .as("nothing changes")
        .isInstanceOf(PutChannelResult.Made.class);
    ApprovalView asked =
        waits(ADMIN.call(() -> commands.put(MAIL, edition, mail("mx.invalid", PASSWORD))));
    assertThat(asked.change()).contains("mx.invalid", "smtp.invalid").doesNotContain(PASSWORD);
    ApprovalView again =
        waits(ADMIN.call(() -> commands.put(MAIL, edition, mail("mx.invalid", PASSWORD))));
    assertThat(again.requestId()).as("the same change").isEqualTo(asked.requestId());
    ApprovalView other =
        waits(ADMIN.call(() -> commands.put(MAIL, edition, mail("mx.invalid", "another"))));
    assertThat(other.requestId()).as("another password").isNotEqualTo(asked.requestId());
    ADMIN.run(() -> approvals.withdraw(new ApprovalRequestId(other.requestId())));
    assertThat(now().host()).isEqualTo("smtp.invalid");
    ApprovalView removal = waits(ADMIN.call(() -> commands.remove(MAIL, edition)));
    ExpectedRefusal.with(
        ANOTHER_PERSON,
        ADMIN,
        () ->
            approvals.approve(
                new ApprovalRequestId(asked.requestId()), new Approve(asked.changeHash())));
    dualControl.approve(asked);
    assertThat(now().host()).isEqualTo("mx.invalid");
    assertThat(now().edition()).isEqualTo(edition + 1);
    assertThat(now().readable()).isTrue();
    // What was asked for by who saw the one before is not done.
    ExpectedRefusal.with(
        CONFLICT,
        TestCaller.portal("channel-other", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN),
        () ->
            approvals.approve(
                new ApprovalRequestId(removal.requestId()), new Approve(removal.changeHash())));
    ADMIN.run(() -> approvals.withdraw(new ApprovalRequestId(removal.requestId())));
  }

  /** Neither by what is kept nor by what is being entered. */
  private void requireNotToThisMachine() throws Exception {
    for (TestChannel test :
        List.of(new TestChannel(MAIL, null), new TestChannel(MAIL, mail("127.0.0.1", PASSWORD)))) {
      TestChannelResult result = ADMIN.call(() -> channelTests.run(test, "en"));
      assertThat(result.trouble()).isEqualTo(DeliveryFailure.LOCAL_ADDRESS);
      assertThat(result.sent()).isFalse();
    }
  }

  private void forgetMails() throws Exception {
    try (Connection connection = application.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("delete from notice_delivery where channel = 'MAIL'");
    }
  }

  private void requireNothingThere() throws Exception {
    try (Connection connection = application.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select sealed from notice_channel_setting where channel = 'MAIL'");
        ResultSet row = query.executeQuery()) {
      assertThat(row.next()).isTrue();
      assertThat(new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
          .doesNotContain(PASSWORD, "localhost", "login");
    }
  }

  private void requireNoSecretInTheTrail() throws Exception {
    List<AuditRow> rows =
        AUDITOR
            .call(() -> auditQueries.page(AuditCriteria.ALL, null, new PageRequest(300)))
            .events()
            .stream()
            .filter(event -> event.object().equals("notice-channel:MAIL"))
            .toList();
    assertThat(rows)
        .extracting(AuditRow::action)
        .contains("notice.channel-edit", "notice.channel-test", "notice.channel-remove");
    assertThat(rows)
        .extracting(AuditRow::detail)
        .anyMatch(detail -> detail.contains("localhost → smtp.invalid"))
        .anyMatch(detail -> detail.contains("smtp.invalid → mx.invalid"))
        .noneMatch(detail -> detail.contains(PASSWORD) || detail.contains("\"login\""));
  }

  @Test
  void what_the_environment_says_comes_first_and_stays() throws Exception {
    ChannelSettingsView hook = AUDITOR.call(() -> commands.settings(WEBHOOK));
    assertThat(hook.origin()).isEqualTo(ChannelOrigin.ENVIRONMENT);
    assertThat(hook.url()).isEqualTo("http://localhost:1/…");
    PutChannel other =
        new PutChannel(
            null, null, null, null, null, null, "https://hooks.example/", "s".repeat(32));
    ExpectedRefusal.with(CONFLICT, ADMIN, () -> commands.put(WEBHOOK, hook.edition(), other));
    ExpectedRefusal.with(CONFLICT, ADMIN, () -> commands.remove(WEBHOOK, hook.edition()));
    ExpectedRefusal.with(
        CONFLICT, ADMIN, () -> channelTests.run(new TestChannel(WEBHOOK, other), "en"));
  }

  @Test
  void what_was_approved_is_not_made_while_the_environment_says_otherwise() throws Exception {
    ChannelSettingsView hook = AUDITOR.call(() -> commands.settings(WEBHOOK));
    String change = new ChannelChange(WEBHOOK, hook.edition(), null).text(null, null);
    transaction.begin();
    try {
      ExpectedRefusal.with(CONFLICT, ADMIN, () -> approval.carryOut(change, "channel-admin"));
    } finally {
      transaction.rollback();
    }
  }

  @Test
  void administrators_act_auditors_see_and_nobody_else() throws Exception {
    PutChannel put = mail("smtp.invalid", PASSWORD);
    for (NoticeChannel channel : NoticeChannel.values()) {
      ExpectedRefusal.byRole(HELPER, () -> commands.settings(channel));
      ExpectedRefusal.byRole(AUDITOR, () -> commands.put(channel, 0L, put));
      ExpectedRefusal.byRole(AUDITOR, () -> commands.remove(channel, 0L));
      ExpectedRefusal.byRole(AUDITOR, () -> commands.fault(channel, put));
    }
    ExpectedRefusal.byRole(
        TestCaller.portal("channel-employee", RealmNames.EMPLOYEE),
        () -> employeeMail.tells(NoticeKind.DEVICE_REVOKED));
  }
}

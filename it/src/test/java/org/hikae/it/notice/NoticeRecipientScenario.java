package org.hikae.it.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.it.notice.NoticeSystem.expect;
import static org.hikae.it.notice.NoticeSystem.until;

import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestAccounts;
import org.hikae.it.stack.KeycloakServer;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * When a recipient is told, and of whom: the day's notices in one mail, what came in quiet hours at
 * their end, nothing while muted, and of a department those below it too. Notices are written into
 * the outbox, and the hours that a message would wait are taken off it.
 */
abstract class NoticeRecipientScenario {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static NoticeSystem noticeSystem;

  @BeforeAll
  static void two_portals() throws Exception {
    noticeSystem = NoticeSystem.open();
  }

  /** What others wait for must not wait for hours here, and their messages go to nobody else. */
  @AfterEach
  void forget_the_recipients() throws Exception {
    allAddressed();
    noticeSystem.remove("notice_recipient where name like 'reader-%'");
    noticeSystem.remove("notice_delivery where state = 'WAITING' and address like 'reader-%'");
  }

  private static Instant in(int hours) {
    return Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofHours(hours));
  }

  /**
   * Adds a recipient with an address of its own, which it gives; unless told else the help desk.
   */
  private static String recipient(Map<String, String> more) throws Exception {
    String name = "reader-" + UUID.randomUUID();
    String address = name + "@example.com";
    Map<String, Object> recipient =
        new HashMap<>(
            Map.of(
                "name",
                name,
                "audience",
                "ROLE",
                "audienceName",
                RealmNames.HELPDESK,
                "channel",
                "MAIL",
                "addresses",
                List.of(address),
                "language",
                "en",
                "kinds",
                List.of(),
                "timeZone",
                "UTC"));
    recipient.putAll(more);
    expect(
        201, noticeSystem.company().admin().json("POST", "/v1/admin/notice-recipients", recipient));
    return address;
  }

  private static void happened(NoticeKind kind, @Nullable Long employeeId, String device)
      throws Exception {
    noticeSystem.change(
        "insert into notice (created_at, employee_id, kind, detail)"
            + " values (current_timestamp, ?, ?, ?)",
        employeeId,
        kind.code(),
        "{\"name\":\"" + device + "\",\"days\":\"9\"}");
  }

  private static void allAddressed() throws Exception {
    until(() -> noticeSystem.number("select count(*) from notice where delivered_at is null") == 0);
  }

  private static long messages(String address, String where) throws Exception {
    return noticeSystem.number(
        "select count(*) from notice_delivery where address = '" + address + "' and " + where);
  }

  /** It is as late as what waits for this address has waited for. */
  private static void theTimeComes(String address) throws Exception {
    noticeSystem.change(
        "update notice_delivery set due_at = current_timestamp"
            + " where state = 'WAITING' and address = ?",
        address);
  }

  @Test
  void what_a_day_brings_comes_in_one_mail() throws Exception {
    Instant at = in(12);
    String address = recipient(Map.of("digestAt", TIME.format(at)));
    for (int i = 0; i < 60; i++) {
      happened(NoticeKind.BACKUP_FAILED, null, "daily " + i);
    }
    allAddressed();
    assertThat(messages(address, "state = 'WAITING' and due_at = '" + at + "'")).isEqualTo(60);
    assertThat(noticeSystem.mailsTo(address)).isEmpty();
    theTimeComes(address);
    until(() -> messages(address, "state = 'SENT'") == 60);
    assertThat(noticeSystem.mailsTo(address)).hasSize(1);
    assertThat(noticeSystem.mailsTo(address).getFirst().getSubject())
        .isEqualTo("Hikae: 60 notices");
    for (int i = 0; i < 60; i++) {
      assertThat(noticeSystem.mailsSaying(address, "of the device daily " + i + " failed."))
          .isEqualTo(1);
    }
  }

  @Test
  void a_monthly_report_comes_once_with_its_files() throws Exception {
    String address = "reader-" + UUID.randomUUID() + "@example.com";
    noticeSystem.change(
        "insert into monthly_report (report_month, computed_at, content)"
            + " values ('2026-01', current_timestamp, '[[\"RESTORES\",\"begun\",\"17\"]]')");
    noticeSystem.change(
        "insert into notice (created_at, kind, detail, delivered_at) values"
            + " (current_timestamp, 'report.monthly', '{\"month\":\"2026-01\"}', current_timestamp)");
    noticeSystem.change(
        "insert into notice_delivery (notice_id, recipient_id, channel, address, language, digest,"
            + " state, attempts, due_at) select max(notice_id), 0, 'MAIL', ?, 'ja', false,"
            + " 'WAITING', 0, current_timestamp from notice where kind = 'report.monthly'",
        address);
    until(() -> messages(address, "state = 'SENT'") == 1);
    assertThat(noticeSystem.mailsTo(address)).hasSize(1);
    MimeMultipart parts = (MimeMultipart) noticeSystem.mailsTo(address).getFirst().getContent();
    assertThat(parts.getCount()).isEqualTo(3);
    assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("hikae-monthly-report-2026-01.pdf");
    assertThat(parts.getBodyPart(1).getInputStream().readNBytes(5))
        .isEqualTo("%PDF-".getBytes(StandardCharsets.US_ASCII));
    assertThat(
            new String(
                parts.getBodyPart(2).getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("2026-01,restores,begun,count,17");
  }

  @Test
  void what_one_mail_cannot_tell_comes_in_another() throws Exception {
    String address = "many-" + UUID.randomUUID() + "@example.com";
    String detail = "{\"name\":\"" + address + "\"}";
    noticeSystem.change(
        "insert into notice (created_at, kind, detail, delivered_at)"
            + " select current_timestamp, 'backup.failed', ?, current_timestamp"
            + " from generate_series(1, 1001)",
        detail);
    noticeSystem.change(
        "insert into notice_delivery (notice_id, recipient_id, channel, address, language, digest,"
            + " state, attempts, due_at) select notice_id, 0, 'MAIL', ?, 'en', true, 'WAITING', 0,"
            + " current_timestamp from notice where detail = ?",
        address,
        detail);
    until(() -> messages(address, "state = 'SENT'") == 1001);
    assertThat(noticeSystem.mailsTo(address)).hasSize(2);
    assertThat(noticeSystem.mailsSaying(address, "And 1 more, in another mail.")).isEqualTo(1);
  }

  @Test
  void what_comes_in_quiet_hours_waits_for_their_end_unless_it_is_urgent() throws Exception {
    Instant end = in(6);
    String address =
        recipient(Map.of("quietFrom", TIME.format(in(-6)), "quietUntil", TIME.format(end)));
    happened(NoticeKind.BACKUP_FAILED, null, "quiet");
    happened(NoticeKind.BACKUP_LONG_MISSED, null, "urgent");
    allAddressed();
    until(() -> noticeSystem.mailsSaying(address, "The device urgent") == 1);
    assertThat(messages(address, "state = 'WAITING' and due_at = '" + end + "'")).isEqualTo(1);
    assertThat(noticeSystem.mailsTo(address)).hasSize(1);
    theTimeComes(address);
    until(() -> noticeSystem.mailsSaying(address, "of the device quiet failed.") == 1);
    assertThat(noticeSystem.mailsTo(address)).hasSize(2);
  }

  @Test
  void who_is_muted_is_told_nothing() throws Exception {
    String muted = recipient(Map.of("mutedUntil", in(6).toString()));
    String unmuted = recipient(Map.of("mutedUntil", in(-6).toString()));
    happened(NoticeKind.BACKUP_FAILED, null, "unheard");
    happened(NoticeKind.BACKUP_LONG_MISSED, null, "unheard too");
    allAddressed();
    assertThat(messages(unmuted, "true")).isEqualTo(2);
    assertThat(messages(muted, "true")).isZero();
    until(() -> noticeSystem.mailsTo(unmuted).size() == 2);
    assertThat(noticeSystem.mailsTo(muted)).isEmpty();
  }

  @Test
  void a_department_hears_of_those_below_it_and_of_no_other() throws Exception {
    String department = "unit-" + UUID.randomUUID().toString().substring(0, 8);
    TestAccounts testAccounts = noticeSystem.company().people();
    KeycloakServer keycloak = noticeSystem.company().stack().keycloak();
    testAccounts.department(department);
    // Its name begins alike.
    testAccounts.department(department + "-other");
    String id =
        keycloak
            .admin("GET", "/groups?exact=true&search=" + department, Map.of())
            .get(0)
            .path("id")
            .asText();
    keycloak.admin("POST", "/groups/" + id + "/children", Map.of("name", "team"));
    TestAccount below = testAccounts.employee("/" + department + "/team");
    TestAccount other = testAccounts.employee("/" + department + "-other");
    ApiClient admin = noticeSystem.company().admin();
    expect(200, admin.send("POST", "/v1/admin/directory/sync", null, null));
    String address = recipient(Map.of("audience", "GROUP", "audienceName", "/" + department));

    happened(NoticeKind.BACKUP_FAILED, noticeSystem.employeeId(other), "beside");
    happened(NoticeKind.DEVICE_REVOKED, noticeSystem.employeeId(below), "nobody's business");
    happened(NoticeKind.BACKUP_FAILED, noticeSystem.employeeId(below), "below");
    allAddressed();
    assertThat(messages(address, "true")).isEqualTo(1);
    until(() -> noticeSystem.mailsSaying(address, "of the device below failed.") == 1);
    assertThat(noticeSystem.mailsTo(address)).hasSize(1);
  }
}

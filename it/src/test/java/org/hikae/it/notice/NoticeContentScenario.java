package org.hikae.it.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.it.notice.NoticeSystem.expect;
import static org.hikae.it.notice.NoticeSystem.until;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.hk1.TextCodec;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.ResticHttpClient;
import org.hikae.it.notice.NoticeSystem.Member;
import org.hikae.notice.wire.NoticeKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What happens is told once, by two portals of one database that both send, to a real mail server
 * and a receiver that checks signatures.
 */
abstract class NoticeContentScenario {

  private static NoticeSystem noticeSystem;

  @BeforeAll
  static void two_portals() throws Exception {
    noticeSystem = NoticeSystem.open();
  }

  @Test
  void what_an_employee_does_is_mailed_to_them_once_in_their_language() throws Exception {
    Member member = noticeSystem.member();
    String address = member.address();
    until(() -> noticeSystem.mailsTo(address).size() >= 2);
    MimeMessage first = noticeSystem.mailsTo(address).getFirst();
    String named = "A new device was added: " + NoticeSystem.DEVICE_TOLD + ".";
    assertThat(first.getSubject()).startsWith("Hikae: " + named);
    assertThat(first.getMessageID()).matches("<hikae-notice-\\d+@example.com>");
    assertThat(first.getFrom()[0]).hasToString("hikae@example.com");
    ReceivedMail mail = ReceivedMail.of(first);
    assertThat(mail.text())
        .contains(named)
        .contains(noticeSystem.company().stack().portalUrl().toString());
    assertThat(mail.html())
        .contains("<html lang=\"en\">", "&lt;!--&lt;script&gt;&lt;img ")
        .doesNotContain("<script", "<img", "<!--");
    noticeSystem.awaitHook(NoticeKind.SET_ACTIVE, member.id());
    assertThat(noticeSystem.hooks(NoticeKind.DEVICE_ENROLLED, member.id())).hasSize(1);
    JsonNode hook = noticeSystem.hooks(NoticeKind.DEVICE_ENROLLED, member.id()).getFirst().body();
    assertThat(hook.at("/notices/0/detail/name").asText()).isEqualTo(NoticeSystem.DEVICE);
    assertThat(noticeSystem.hooks(NoticeKind.WRAP_ADDED, member.id())).hasSize(1);
    assertThat(noticeSystem.mailsTo(address))
        .as("what is only good to know is not mailed")
        .hasSize(2);
    assertThat(noticeSystem.receiver().all()).allMatch(WebhookReceiver.Received::signed);
    assertThat(noticeSystem.receiver().all())
        .extracting(WebhookReceiver.Received::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatever_people_call_things_mails_and_requests_keep_their_form() throws Exception {
    Member member = noticeSystem.member();
    List<NoticeKind> kinds =
        List.of(
            NoticeKind.DEVICE_ENROLLED,
            NoticeKind.RESTIC_CREDENTIAL,
            NoticeKind.BACKUP_FAILED,
            NoticeKind.VERIFY_DAMAGED,
            NoticeKind.BACKUP_LONG_MISSED,
            NoticeKind.DEVICE_REVOKED);
    var _ = ResticHttpClient.of(noticeSystem.company(), member.session());
    String run = "/v1/device/runs/" + TextCodec.hex(ApiDevice.random(16));
    expect(204, member.session().json("PUT", run, failedRun()));
    String verified = "/v1/device/runs/" + TextCodec.hex(ApiDevice.random(16));
    expect(204, member.session().json("PUT", verified, endedRun("VERIFY", "CORRUPT")));
    setLastBackup(member, Duration.ofDays(8));
    noticeSystem.awaitHook(NoticeKind.BACKUP_LONG_MISSED, member.id());
    String device =
        "/v1/admin/employees/" + member.id() + "/devices/" + member.device().id() + "/revoke";
    expect(200, noticeSystem.company().admin().send("POST", device, null, null));
    for (NoticeKind kind : kinds) {
      noticeSystem.awaitHook(kind, member.id());
      JsonNode hook = noticeSystem.hooks(kind, member.id()).getFirst().body().at("/notices/0");
      assertThat(hook.at("/detail/name").asText()).isEqualTo(NoticeSystem.DEVICE);
      assertThat(hook.path("text").asText()).contains(NoticeSystem.DEVICE_TOLD);
    }
    // One more says that there is a new way to open the backup, and names nothing.
    until(() -> noticeSystem.mailsTo(member.address()).size() > kinds.size());
    until(() -> noticeSystem.mailsSaying(NoticeSystem.STAFF, " · " + member.told()) >= 2);
    String portal = noticeSystem.company().stack().portalUrl().toString();
    int named = 0;
    for (String address : List.of(member.address(), NoticeSystem.STAFF)) {
      for (MimeMessage message : noticeSystem.mailsTo(address)) {
        ReceivedMail mail = ReceivedMail.of(message);
        mail.requireForm(portal);
        named += mail.subject().contains(NoticeSystem.DEVICE_TOLD) ? 1 : 0;
      }
    }
    assertThat(named).isGreaterThanOrEqualTo(kinds.size() + 2);
  }

  @Test
  void a_backup_that_fails_or_does_not_come_is_told_once_to_employee_and_staff() throws Exception {
    Member member = noticeSystem.member();
    String failed = "/v1/device/runs/" + TextCodec.hex(ApiDevice.random(16));
    expect(204, member.session().json("PUT", failed, failedRun()));
    expect(204, member.session().json("PUT", failed, failedRun()));
    noticeSystem.awaitHook(NoticeKind.BACKUP_FAILED, member.id());
    setLastBackup(member, Duration.ofDays(4));
    noticeSystem.awaitHook(NoticeKind.BACKUP_MISSED, member.id());
    setLastBackup(member, Duration.ofDays(8));
    noticeSystem.awaitHook(NoticeKind.BACKUP_LONG_MISSED, member.id());
    // Both portals have looked again by then.
    setLastBackup(member, Duration.ofDays(5));
    until(() -> noticeSystem.hooks(NoticeKind.BACKUP_MISSED, member.id()).size() == 2);
    assertThat(noticeSystem.hooks(NoticeKind.BACKUP_FAILED, member.id())).hasSize(1);
    assertThat(noticeSystem.hooks(NoticeKind.BACKUP_LONG_MISSED, member.id())).hasSize(1);
    until(
        () ->
            noticeSystem.mailsTo(NoticeSystem.STAFF).stream()
                    .filter(one -> mentions(one, member))
                    .count()
                == 4);
  }

  @Test
  void a_device_that_uses_only_restic_is_listed_as_behind_and_told_of_like_any_other()
      throws Exception {
    Member member = noticeSystem.member();
    ResticHttpClient restic = ResticHttpClient.of(noticeSystem.company(), member.session());
    restic.stored("snapshots", ApiDevice.random(200));
    assertListed(member, "FRESH");
    setLastBackup(member, Duration.ofDays(4));
    assertListed(member, "LATE");
    noticeSystem.awaitHook(NoticeKind.BACKUP_MISSED, member.id());
    setLastBackup(member, Duration.ofDays(8));
    assertListed(member, "STALE");
    noticeSystem.awaitHook(NoticeKind.BACKUP_LONG_MISSED, member.id());
    restic.stored("snapshots", ApiDevice.random(201));
    assertListed(member, "FRESH");
    noticeSystem.later();
    assertThat(noticeSystem.hooks(NoticeKind.BACKUP_MISSED, member.id())).hasSize(1);
    assertThat(noticeSystem.hooks(NoticeKind.BACKUP_LONG_MISSED, member.id())).hasSize(1);
  }

  @Test
  void that_what_restic_signs_in_with_will_end_is_told_once() throws Exception {
    Member member = noticeSystem.member();
    ResticHttpClient unused = ResticHttpClient.of(noticeSystem.company(), member.session());
    ResticHttpClient later = ResticHttpClient.of(noticeSystem.company(), member.session());
    ResticHttpClient soon = ResticHttpClient.of(noticeSystem.company(), member.session());
    setEnd(unused, Duration.ofDays(10));
    setEnd(later, Duration.ofDays(15));
    setEnd(soon, Duration.ofDays(13));
    later.stored("keys", ApiDevice.random(200));
    soon.stored("keys", ApiDevice.random(201));
    noticeSystem.awaitHook(NoticeKind.RESTIC_CREDENTIAL_ENDS, member.id());
    noticeSystem.later();
    assertThat(noticeSystem.hooks(NoticeKind.RESTIC_CREDENTIAL_ENDS, member.id())).hasSize(1);
    assertThat(
            noticeSystem.mailsSaying(member.address(), "The access of restic to the backup of the"))
        .isEqualTo(1);
    setEnd(later, Duration.ofDays(13));
    until(() -> noticeSystem.hooks(NoticeKind.RESTIC_CREDENTIAL_ENDS, member.id()).size() == 2);
  }

  private static void setEnd(ResticHttpClient account, Duration from) throws Exception {
    noticeSystem.change(
        "update restic_credential set expires_at = ? where credential_id = ?",
        java.sql.Timestamp.from(Instant.now().plus(from)),
        account.username());
  }

  /** Among devices whose last backup is so old, and as one that restic has backed up. */
  private static void assertListed(Member member, String age) throws Exception {
    until(() -> listed(member, age).isPresent());
    assertThat(listed(member, age).orElseThrow().path("lastBackupBy").asText()).isEqualTo("RESTIC");
  }

  private static Optional<JsonNode> listed(Member member, String age) throws Exception {
    // The tests of this system have far fewer devices than a page holds.
    String path = "/v1/admin/devices?limit=200&age=" + age;
    for (JsonNode device : noticeSystem.company().admin().get(path).json().path("devices")) {
      if (device.path("deviceId").asText().equals(member.device().id())) {
        return Optional.of(device);
      }
    }
    return Optional.empty();
  }

  @Test
  void how_many_days_a_backup_may_be_missed_says_the_policy() throws Exception {
    Member member = noticeSystem.member();
    Map<String, Object> patient = Map.of("backupMissedDays", 10, "backupLongMissedDays", 20);
    expect(
        200,
        noticeSystem
            .company()
            .admin()
            .json(
                "PUT",
                "/v1/admin/policies/scopes/employee/" + member.id(),
                Map.of("replaces", 0, "values", patient)));
    setLastBackup(member, Duration.ofDays(9));
    noticeSystem.later();
    assertThat(noticeSystem.hooks(NoticeKind.BACKUP_MISSED, member.id())).isEmpty();
    setLastBackup(member, Duration.ofDays(12));
    noticeSystem.awaitHook(NoticeKind.BACKUP_MISSED, member.id());
    noticeSystem.later();
    assertThat(noticeSystem.hooks(NoticeKind.BACKUP_MISSED, member.id())).hasSize(1);
    assertThat(noticeSystem.hooks(NoticeKind.BACKUP_LONG_MISSED, member.id())).isEmpty();
  }

  private static boolean mentions(MimeMessage message, Member member) {
    try {
      return ReceivedMail.of(message).text().contains(" · " + member.told());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void setLastBackup(Member member, Duration ago) throws Exception {
    java.sql.Timestamp at = java.sql.Timestamp.from(Instant.now().minus(ago));
    noticeSystem.change(
        "update device set last_backup_at = ? where device_id = ?", at, member.device().id());
  }

  static Map<String, Object> failedRun() {
    return endedRun("BACKUP", "LOCAL");
  }

  private static Map<String, Object> endedRun(String kind, String result) {
    return Map.ofEntries(
        Map.entry("kind", kind),
        Map.entry("result", result),
        Map.entry("startedAt", "2026-01-01T00:00:00Z"),
        Map.entry("endedAt", "2026-01-01T00:01:00Z"),
        Map.entry("agentVersion", "1"),
        Map.entry("filesDone", 0),
        Map.entry("filesFailed", 1),
        Map.entry("bytesRead", 0),
        Map.entry("bytesSent", 0),
        Map.entry("bytesReceived", 0),
        Map.entry("durationMillis", 0));
  }

  @Test
  void a_quota_that_is_nearly_full_and_rot_are_told_once() throws Exception {
    Member member = noticeSystem.member();
    ApiDevice.store(member.session(), ApiDevice.random(1000));
    long quota = member.session().get("/v1/device/storage").json().path("quotaBytes").asLong();
    noticeSystem.change(
        "update storage_use set live_bytes = ? where employee_id = ?", quota / 10 * 9, member.id());
    ApiDevice.store(member.session(), ApiDevice.random(1000));
    ApiDevice.store(member.session(), ApiDevice.random(1000));
    noticeSystem.awaitHook(NoticeKind.QUOTA_NEAR, member.id());
    assertThat(
            noticeSystem
                .company()
                .stack()
                .db()
                .loseBytes(
                    "select repository_id from repository where employee_id = " + member.id()))
        .isEqualTo(3);
    ApiClient admin = noticeSystem.company().admin();
    expect(202, admin.send("POST", "/v1/admin/scrub", null, null));
    noticeSystem.awaitHook(NoticeKind.OBJECT_ROTTEN, member.id());
    until(() -> !admin.get("/v1/admin/scrub").json().path("running").asBoolean());
    expect(202, admin.send("POST", "/v1/admin/scrub", null, null));
    until(() -> !admin.get("/v1/admin/scrub").json().path("running").asBoolean());
    assertThat(noticeSystem.hooks(NoticeKind.OBJECT_ROTTEN, member.id())).hasSize(1);
    assertThat(noticeSystem.hooks(NoticeKind.QUOTA_NEAR, member.id())).hasSize(1);
  }

  @Test
  void while_mail_and_webhook_are_down_notices_wait_and_the_portal_says_so() throws Exception {
    Member member;
    noticeSystem.mail().stop();
    noticeSystem.receiver().answers(302);
    try {
      member = noticeSystem.member();
      until(() -> noticeSystem.channel("MAIL").path("troubled").asLong() > 0);
      until(() -> noticeSystem.channel("WEBHOOK").path("troubled").asLong() > 0);
      assertThat(noticeSystem.channel("MAIL").hasNonNull("dueSince")).isTrue();
      ApiReply tested =
          noticeSystem
              .company()
              .admin()
              .json("POST", "/v1/admin/notices/tests", Map.of("channel", "WEBHOOK"));
      assertThat(tested.field("trouble")).isEqualTo("REDIRECTED");
      assertThat(noticeSystem.hooks(NoticeKind.DEVICE_ENROLLED, member.id())).isEmpty();
    } finally {
      noticeSystem.mail().start();
      noticeSystem.receiver().answers(204);
    }
    String address = member.address();
    until(() -> noticeSystem.mailsTo(address).size() >= 2);
    noticeSystem.awaitHook(NoticeKind.DEVICE_ENROLLED, member.id());
    noticeSystem.awaitHook(NoticeKind.WRAP_ADDED, member.id());
    until(() -> noticeSystem.channel("MAIL").path("waiting").asLong() == 0);
    until(() -> noticeSystem.channel("WEBHOOK").path("waiting").asLong() == 0);
    assertThat(noticeSystem.mailsTo(address)).hasSize(2);
    assertThat(noticeSystem.hooks(NoticeKind.DEVICE_ENROLLED, member.id())).hasSize(1);
    ApiReply works =
        noticeSystem
            .company()
            .admin()
            .json("POST", "/v1/admin/notices/tests", Map.of("channel", "WEBHOOK"));
    assertThat(works.json().path("sent").asBoolean()).isTrue();
  }
}

package org.hikae.it.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hikae.hk1.Ids;
import org.hikae.identity.wire.Realm;
import org.hikae.it.caller.Api;
import org.hikae.it.caller.Company;
import org.hikae.it.caller.Device;
import org.hikae.it.caller.Person;
import org.hikae.it.caller.Reply;
import org.hikae.it.stack.Database;
import org.hikae.it.stack.Ports;
import org.hikae.it.stack.Stack;
import org.hikae.notice.wire.NoticeKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What happens is told once, by two portals of one database that both send, to a real mail server
 * and a receiver that checks signatures. Time budget: 90 seconds beside the system's start.
 */
@Isolated // two portals of its own leave the others no time to answer
class NoticesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String STAFF = "it-staff@example.com";

  private static GreenMail mail;
  private static Receiver receiver;
  private static Company company;
  private static Stack.Beside second;

  @BeforeAll
  static void two_portals() throws Exception {
    int smtp = Ports.free(1).get(0);
    mail = new GreenMail(new ServerSetup(smtp, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    receiver = new Receiver();
    Map<String, String> settings = new HashMap<>();
    settings.put("HIKAE_NIGHTLY", "PT5S");
    settings.put("HIKAE_SMTP_HOST", "127.0.0.1");
    settings.put("HIKAE_SMTP_PORT", Integer.toString(smtp));
    settings.put("HIKAE_SMTP_SECURITY", "NONE");
    settings.put("HIKAE_SMTP_FROM", "hikae@example.com");
    settings.put("HIKAE_WEBHOOK_URL", receiver.url());
    settings.put("HIKAE_WEBHOOK_SECRET", Receiver.SECRET);
    Stack stack = Stack.apart("notices", Database.Kind.POSTGRESQL, settings);
    second = stack.portalBeside(Map.of());
    company = Company.of(stack);
    recipient("Staff", "ROLE", Realm.BACKUP_ADMIN, "MAIL", List.of(STAFF));
    recipient("Hook of the employees", "EMPLOYEE", null, "WEBHOOK", List.of());
    recipient("Hook of the staff", "ROLE", Realm.BACKUP_ADMIN, "WEBHOOK", List.of());
  }

  @AfterAll
  static void end() {
    if (second != null) {
      second.close();
    }
    receiver.close();
    mail.stop();
  }

  private static void recipient(
      String name,
      String audience,
      @org.jspecify.annotations.Nullable String of,
      String channel,
      List<String> addresses)
      throws Exception {
    Map<String, Object> recipient = new HashMap<>();
    recipient.put("name", name);
    recipient.put("audience", audience);
    if (of != null) {
      recipient.put("audienceName", of);
    }
    recipient.put("channel", channel);
    recipient.put("addresses", addresses);
    recipient.put("language", "ja");
    recipient.put("kinds", Arrays.stream(NoticeKind.values()).map(NoticeKind::code).toList());
    recipient.put("timeZone", "Asia/Tokyo");
    expect(201, company.admin().json("POST", "/v1/admin/notice-recipients", recipient));
  }

  /** An employee who takes part, with one device. */
  private record Member(Person person, Device device, Api session, long id) {}

  private static Member member() throws Exception {
    Person person = company.employee();
    Device device = Device.enrol(company.agentOf(person), "laptop");
    Api session = device.session();
    device.optIn(session);
    String search = "/v1/admin/employees?search=" + person.username();
    long id = company.admin().get(search).json().at("/employees/0/employeeId").asLong();
    return new Member(person, device, session, id);
  }

  private static List<MimeMessage> mailsTo(String address) throws Exception {
    List<MimeMessage> found = new ArrayList<>();
    for (MimeMessage message : mail.getReceivedMessages()) {
      if (message.getRecipients(Message.RecipientType.TO)[0].toString().equals(address)) {
        found.add(message);
      }
    }
    return found;
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("still not so").isLessThan(deadline);
      Thread.sleep(200);
    }
  }

  private static void expect(int status, Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
  }

  private static void change(String sql, Object... values) throws Exception {
    try (Connection connection = company.stack().db().asApplication();
        PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      assertThat(update.executeUpdate()).isPositive();
    }
  }

  private static List<Receiver.Received> hooks(NoticeKind kind, long employeeId) {
    return receiver.all().stream().filter(one -> one.tells(kind.code(), employeeId)).toList();
  }

  private static void awaitHook(NoticeKind kind, long employeeId) throws Exception {
    until(() -> !hooks(kind, employeeId).isEmpty());
  }

  private static JsonNode channel(String name) throws Exception {
    for (JsonNode channel : company.admin().get("/v1/admin/notices/channels").json()) {
      if (channel.path("channel").asText().equals(name)) {
        return channel;
      }
    }
    throw new AssertionError("No channel " + name);
  }

  @Test
  void what_an_employee_does_is_mailed_to_them_once_in_their_language() throws Exception {
    Member member = member();
    String address = member.person().username() + "@example.com";
    until(() -> mailsTo(address).size() >= 2);
    MimeMessage first = mailsTo(address).getFirst();
    assertThat(first.getSubject()).startsWith("Hikae: A new device was added: laptop.");
    assertThat(first.getMessageID()).matches("<hikae-notice-\\d+@example.com>");
    assertThat(first.getFrom()[0]).hasToString("hikae@example.com");
    MimeMultipart parts = (MimeMultipart) first.getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
    assertThat(parts.getBodyPart(0).getContent().toString())
        .contains(company.stack().portalUrl().toString());
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(parts.getBodyPart(1).getContent().toString()).contains("<html lang=\"en\">");
    awaitHook(NoticeKind.SET_ACTIVE, member.id());
    assertThat(hooks(NoticeKind.DEVICE_ENROLLED, member.id())).hasSize(1);
    assertThat(hooks(NoticeKind.WRAP_ADDED, member.id())).hasSize(1);
    assertThat(mailsTo(address)).as("what is only good to know is not mailed").hasSize(2);
    assertThat(receiver.all()).allMatch(Receiver.Received::signed);
    assertThat(receiver.all()).extracting(Receiver.Received::id).doesNotHaveDuplicates();
  }

  @Test
  void a_backup_that_fails_or_does_not_come_is_told_once_to_employee_and_staff() throws Exception {
    Member member = member();
    String failed = "/v1/device/runs/" + Ids.hex(Device.random(16));
    expect(204, member.session().json("PUT", failed, run()));
    expect(204, member.session().json("PUT", failed, run()));
    awaitHook(NoticeKind.BACKUP_FAILED, member.id());
    setLastBackup(member, Duration.ofDays(4));
    awaitHook(NoticeKind.BACKUP_MISSED, member.id());
    setLastBackup(member, Duration.ofDays(8));
    awaitHook(NoticeKind.BACKUP_LONG_MISSED, member.id());
    // Both portals have looked again by then.
    setLastBackup(member, Duration.ofDays(5));
    until(() -> hooks(NoticeKind.BACKUP_MISSED, member.id()).size() == 2);
    assertThat(hooks(NoticeKind.BACKUP_FAILED, member.id())).hasSize(1);
    assertThat(hooks(NoticeKind.BACKUP_LONG_MISSED, member.id())).hasSize(1);
    until(() -> mailsTo(STAFF).stream().filter(one -> mentions(one, member)).count() == 4);
  }

  private static boolean mentions(MimeMessage message, Member member) {
    try {
      MimeMultipart parts = (MimeMultipart) message.getContent();
      String text = parts.getBodyPart(0).getContent().toString();
      return text.contains("従業員番号 " + member.id() + "\n")
          || text.contains("従業員番号 " + member.id() + "\r\n");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void setLastBackup(Member member, Duration ago) throws Exception {
    java.sql.Timestamp at = java.sql.Timestamp.from(Instant.now().minus(ago));
    change("update device set last_backup_at = ? where device_id = ?", at, member.device().id());
  }

  private static Map<String, Object> run() {
    return Map.ofEntries(
        Map.entry("kind", "BACKUP"),
        Map.entry("result", "LOCAL"),
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
    Member member = member();
    Device.store(member.session(), Device.random(1000));
    long quota = member.session().get("/v1/device/storage").json().path("quotaBytes").asLong();
    change(
        "update storage_use set live_bytes = ? where employee_id = ?", quota / 10 * 9, member.id());
    Device.store(member.session(), Device.random(1000));
    Device.store(member.session(), Device.random(1000));
    awaitHook(NoticeKind.QUOTA_NEAR, member.id());
    try (Connection owner = company.stack().db().asOwner();
        PreparedStatement delete =
            owner.prepareStatement(
                "delete from ciphertext where repository_id in"
                    + " (select repository_id from repository where employee_id = ?)")) {
      delete.setLong(1, member.id());
      assertThat(delete.executeUpdate()).isEqualTo(3);
    }
    Api admin = company.admin();
    expect(202, admin.send("POST", "/v1/admin/scrub", null, null));
    awaitHook(NoticeKind.OBJECT_ROTTEN, member.id());
    until(() -> !admin.get("/v1/admin/scrub").json().path("running").asBoolean());
    expect(202, admin.send("POST", "/v1/admin/scrub", null, null));
    until(() -> !admin.get("/v1/admin/scrub").json().path("running").asBoolean());
    assertThat(hooks(NoticeKind.OBJECT_ROTTEN, member.id())).hasSize(1);
    assertThat(hooks(NoticeKind.QUOTA_NEAR, member.id())).hasSize(1);
  }

  @Test
  void while_mail_and_webhook_are_down_notices_wait_and_the_portal_says_so() throws Exception {
    mail.stop();
    receiver.answers(302);
    Member member = member();
    String address = member.person().username() + "@example.com";
    until(() -> channel("MAIL").path("troubled").asLong() > 0);
    until(() -> channel("WEBHOOK").path("troubled").asLong() > 0);
    assertThat(channel("MAIL").hasNonNull("dueSince")).isTrue();
    Reply tested =
        company.admin().json("POST", "/v1/admin/notices/tests", Map.of("channel", "WEBHOOK"));
    assertThat(tested.field("trouble")).isEqualTo("REFUSED");
    assertThat(hooks(NoticeKind.DEVICE_ENROLLED, member.id())).isEmpty();
    mail.start();
    receiver.answers(204);
    until(() -> mailsTo(address).size() >= 2);
    awaitHook(NoticeKind.DEVICE_ENROLLED, member.id());
    awaitHook(NoticeKind.WRAP_ADDED, member.id());
    until(() -> channel("MAIL").path("waiting").asLong() == 0);
    until(() -> channel("WEBHOOK").path("waiting").asLong() == 0);
    assertThat(mailsTo(address)).hasSize(2);
    assertThat(hooks(NoticeKind.DEVICE_ENROLLED, member.id())).hasSize(1);
    Reply works =
        company.admin().json("POST", "/v1/admin/notices/tests", Map.of("channel", "WEBHOOK"));
    assertThat(works.json().path("sent").asBoolean()).isTrue();
  }
}

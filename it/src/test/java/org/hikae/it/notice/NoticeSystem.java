package org.hikae.it.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.HostileNames;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Ports;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.it.stack.TestAuthority;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.testing.BuildOutput;
import org.jspecify.annotations.Nullable;

/**
 * Two portals of one database that both send: the first by STARTTLS, the second by TLS from the
 * first byte, both to one real mail server, and both to one receiver that checks signatures. Each
 * kind of notice goes to the employee concerned and to the staff. The database archives its log as
 * long as a test lets it.
 */
final class NoticeSystem {

  /** Where the staff reads. */
  static final String STAFF = "it-staff@example.com";

  /** What the devices are called; the end is read from the right. */
  static final String DEVICE = HostileNames.of(97) + "\u200f\u05d0\u05d1";

  /** The same where a sentence repeats it. */
  static final String DEVICE_TOLD = "\u2068" + DEVICE.replace('\u202e', ' ') + "\u2069";

  /** Locking out takes longest: the vault gives the last attempt a minute. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(150);

  private static @Nullable NoticeSystem started;

  private final GreenMail mail;
  private final WebhookReceiver receiver;
  private final TestCompany company;
  private final TlsProxy asked;
  private final TlsProxy atOnce;
  private final SSLContext trusted;
  private final SSLContext untrusted;
  private final Path noArchive;
  private final Stack.SecondPortal second;
  private final AtomicInteger members = new AtomicInteger();

  /**
   * An employee who takes part, with one device.
   *
   * @param told the beginning of their name, which nobody else has, as mails repeat it
   */
  record Member(TestAccount person, ApiDevice device, ApiClient session, long id, String told) {

    String address() {
      return person.username() + "@example.com";
    }
  }

  private NoticeSystem() throws Exception {
    Path folder = Files.createDirectories(BuildOutput.root().resolve("it/target/notice-system"));
    TestAuthority authority = authority(folder.resolve("trusted"));
    trusted = authority.serverContext();
    untrusted = authority(folder.resolve("untrusted")).serverContext();
    int smtp = Ports.free(1).get(0);
    mail = new GreenMail(new ServerSetup(smtp, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    asked = new TlsProxy(smtp, true, trusted);
    atOnce = new TlsProxy(smtp, false, trusted);
    receiver = new WebhookReceiver();
    Path archive = folder.resolve("archive.sh");
    noArchive = folder.resolve("archive.sh.off");
    Files.deleteIfExists(noArchive);
    // What is archived is not needed here; PostgreSQL counts what this says.
    Files.writeString(archive, "#!/bin/sh\ntest ! -e \"$0.off\"\n");
    Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> database =
        Map.of(
            "archive_mode", "on",
            "archive_command", archive.toString(),
            "archive_timeout", "5");
    company =
        TestCompany.of(
            Stack.apart("notices", StackDatabase.Kind.POSTGRESQL, database, settings(authority)));
    second =
        company
            .stack()
            .portalBeside(
                Map.of(
                    "HIKAE_SMTP_SECURITY",
                    "TLS",
                    "HIKAE_SMTP_PORT",
                    Integer.toString(atOnce.port())));
    recipient("Staff", "ROLE", RealmNames.BACKUP_ADMIN, "MAIL", List.of(STAFF));
    recipient("Hook of the employees", "EMPLOYEE", null, "WEBHOOK", List.of());
    recipient("Hook of the staff", "ROLE", RealmNames.BACKUP_ADMIN, "WEBHOOK", List.of());
  }

  private static TestAuthority authority(Path folder) throws Exception {
    Files.deleteIfExists(folder.resolve("server.p12"));
    return TestAuthority.make(folder);
  }

  private Map<String, String> settings(TestAuthority authority) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("JAVA_TOOL_OPTIONS", authority.trustingJava());
    settings.put("HIKAE_NIGHTLY", "PT2S");
    settings.put("HIKAE_DB_BACKUP_WITHIN", "PT20S");
    settings.put("HIKAE_SMTP_HOST", "localhost");
    settings.put("HIKAE_SMTP_PORT", Integer.toString(asked.port()));
    settings.put("HIKAE_SMTP_SECURITY", "STARTTLS");
    settings.put("HIKAE_SMTP_FROM", "hikae@example.com");
    settings.put("HIKAE_WEBHOOK_URL", receiver.url());
    settings.put("HIKAE_WEBHOOK_SECRET", WebhookReceiver.SECRET);
    return settings;
  }

  /** Starts it unless it runs. */
  static synchronized NoticeSystem open() throws Exception {
    NoticeSystem system = started;
    if (system == null) {
      system = new NoticeSystem();
      started = system;
    }
    return system;
  }

  /** Ends it, which takes others' time. */
  static synchronized void end() throws Exception {
    NoticeSystem system = started;
    if (system != null) {
      started = null;
      system.second.close();
      system.company.stack().end();
      system.mail.stop();
      system.receiver.close();
      for (TlsProxy front : system.fronts()) {
        front.close();
      }
    }
  }

  private void recipient(
      String name, String audience, @Nullable String of, String channel, List<String> addresses)
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

  TestCompany company() {
    return company;
  }

  GreenMail mail() {
    return mail;
  }

  WebhookReceiver receiver() {
    return receiver;
  }

  /** An administrator at the second portal. */
  ApiClient adminAtSecond() throws Exception {
    return company.admin().at(second.url());
  }

  /** The mail server before which a client asks for TLS, and the one that begins with it. */
  List<TlsProxy> fronts() {
    return List.of(asked, atOnce);
  }

  /** The mail server shows a certificate that the portals trust, or one that they do not. */
  void showCertificate(boolean trustworthy) {
    fronts().forEach(front -> front.show(trustworthy ? trusted : untrusted));
  }

  /** Whether the database's log is archived from now on. */
  void archive(boolean works) throws Exception {
    Files.deleteIfExists(noArchive);
    if (!works) {
      Files.createFile(noArchive);
    }
  }

  /** Writes something to the database's log and has it archived without a wait. */
  void archiveNow() throws SQLException {
    try (Connection connection = company.stack().db().asSuperuser();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_logical_emit_message(true, 'test', '')");
      statement.execute("select pg_switch_wal()");
    }
  }

  /** Makes an employee who takes part. */
  Member member() throws Exception {
    String given = HostileNames.given() + members.incrementAndGet();
    TestAccount testAccount =
        company
            .people()
            .employeeCalled(given, HostileNames.family(), List.of("/" + TestCompany.OFFERED));
    ApiDevice device = ApiDevice.enrol(company.agentOf(testAccount), DEVICE);
    ApiClient session = device.session();
    device.optIn(session);
    String told = given.replace('\u202e', ' ') + " W";
    return new Member(testAccount, device, session, employeeId(testAccount), told);
  }

  /** The portal's number of an employee. */
  long employeeId(TestAccount testAccount) throws Exception {
    String search = "/v1/admin/employees?search=" + testAccount.username();
    return company.admin().get(search).json().at("/employees/0/employeeId").asLong();
  }

  /** Returns when something that happens now has been told, and so everything before it. */
  void later() throws Exception {
    awaitHook(NoticeKind.SET_ACTIVE, member().id());
    until(this::nothingWaits);
  }

  /** Whether every message has gone that was to go by now. */
  boolean nothingWaits() throws Exception {
    return channel("MAIL").path("waiting").asLong() == 0
        && channel("WEBHOOK").path("waiting").asLong() == 0;
  }

  /** Mails that came to this address. */
  List<MimeMessage> mailsTo(String address) throws Exception {
    List<MimeMessage> found = new ArrayList<>();
    for (MimeMessage message : mail.getReceivedMessages()) {
      if (message.getRecipients(Message.RecipientType.TO)[0].toString().equals(address)) {
        found.add(message);
      }
    }
    return found;
  }

  /** Mails to this address that say so. */
  long mailsSaying(String address, String text) throws Exception {
    long found = 0;
    for (MimeMessage message : mailsTo(address)) {
      MimeMultipart parts = (MimeMultipart) message.getContent();
      if (parts.getBodyPart(0).getContent().toString().contains(text)) {
        found++;
      }
    }
    return found;
  }

  /** Requests that told of this, to whomever it concerns; 0 for anybody. */
  List<WebhookReceiver.Received> hooks(NoticeKind kind, long employeeId) {
    return receiver.all().stream().filter(one -> one.tells(kind.code(), employeeId)).toList();
  }

  void awaitHook(NoticeKind kind, long employeeId) throws Exception {
    until(() -> !hooks(kind, employeeId).isEmpty());
  }

  /** How a way out stands. */
  JsonNode channel(String name) throws Exception {
    for (JsonNode channel : company.admin().get("/v1/admin/notices/channels").json()) {
      if (channel.path("channel").asText().equals(name)) {
        return channel;
      }
    }
    throw new AssertionError("No channel " + name);
  }

  static void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("still not so").isLessThan(deadline);
      Thread.sleep(200);
    }
  }

  static void expect(int status, ApiReply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
  }

  void change(String sql, Object... values) throws Exception {
    try (Connection connection = company.stack().db().asApplication();
        PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      assertThat(update.executeUpdate()).isPositive();
    }
  }

  /** Deletes what there is of it, which may be nothing. */
  void remove(String fromWhere) throws Exception {
    try (Connection connection = company.stack().db().asApplication();
        Statement delete = connection.createStatement()) {
      delete.executeUpdate("delete from " + fromWhere);
    }
  }

  /** The number that a query gives. */
  long number(String sql) throws Exception {
    try (Connection connection = company.stack().db().asApplication();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}

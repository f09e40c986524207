package org.hikae.it.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.it.notice.NoticeSystem.expect;
import static org.hikae.it.notice.NoticeSystem.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.hikae.hk1.TextCodec;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.notice.NoticeSystem.Member;
import org.hikae.it.stack.VaultServerProcess;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.vault.process.InProcessVault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong at vault, rollout, database and mail server is told once, each by its own cause:
 * wrong passwords at the real vault, an older copy of its files, devices that fail, a log that is
 * not archived.
 */
abstract class NoticeCauseScenario {

  private static final String PASSWORD = "suzume-no-oyado-2";
  private static final String WRONG = "not-the-password-at-all";
  private static final String OTHER = "hibari-no-koe-ga-kikoeru-4";
  private static final int ATTEMPTS = 10;

  /** So many the vault answers without a wait. */
  private static final int AT_ONCE = 3;

  /** What the mail to staff says of a database's log. */
  private static final String OVERDUE = "からバックアップされていません";

  /** Well within what the portals are set to bear. */
  private static final Duration LATELY = Duration.ofSeconds(10);

  @TempDir private Path temp;

  private static NoticeSystem noticeSystem;

  @BeforeAll
  static void two_portals() throws Exception {
    noticeSystem = NoticeSystem.open();
  }

  private AgentDevice agent(TestAccount testAccount, String name) throws Exception {
    AgentDevice agent = new AgentDevice(noticeSystem.company().stack(), temp.resolve(name)).here();
    agent.login(testAccount);
    return agent;
  }

  @Test
  void wrong_passwords_and_the_lock_out_are_told_once_to_employee_and_staff() throws Exception {
    TestAccount testAccount = noticeSystem.company().employee();
    AgentDevice owner = agent(testAccount, "owner");
    owner.optIn("password", PASSWORD);
    long id = noticeSystem.employeeId(testAccount);
    String address = testAccount.username() + "@example.com";
    tryWrongly(owner, AT_ONCE);
    noticeSystem.awaitHook(NoticeKind.VAULT_FAILED, id);
    VaultServerProcess vault = noticeSystem.company().stack().vault();
    vault.stop();
    try (var _ = InProcessVault.start(vault.configuration(), vault.passphrase())) {
      tryWrongly(owner, ATTEMPTS - AT_ONCE);
      noticeSystem.awaitHook(NoticeKind.VAULT_LOCKED, id);
    } finally {
      vault.startAgain();
    }
    noticeSystem.later();
    assertThat(noticeSystem.hooks(NoticeKind.VAULT_FAILED, id)).hasSize(1);
    assertThat(noticeSystem.hooks(NoticeKind.VAULT_LOCKED, id)).hasSize(1);
    assertThat(noticeSystem.mailsSaying(address, "Wrong passwords were tried at the vault"))
        .isEqualTo(1);
    assertThat(noticeSystem.mailsSaying(address, "the vault has destroyed its part")).isEqualTo(1);
    String concerned = " · Test " + testAccount.username();
    assertThat(noticeSystem.mailsSaying(NoticeSystem.STAFF, concerned)).isGreaterThanOrEqualTo(2);
    assertThat(noticeSystem.mailsSaying(NoticeSystem.STAFF, "保管庫はパスワードの情報を破棄しました")).isEqualTo(1);
  }

  /** As somebody at the employee's own device, for which the vault keeps the last attempts. */
  private static void tryWrongly(AgentDevice device, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      AgentResult wrong = device.withNewPassword(WRONG, OTHER, "password", "--json");
      assertThat(wrong.exitCode()).as("%s", wrong).isEqualTo(AgentResult.LOCKED);
      assertThat(wrong.event("error").path("code").asText()).startsWith("vault.wrong-password");
    }
  }

  @Test
  void a_vault_that_was_laid_back_to_an_older_copy_is_told_once() throws Exception {
    VaultServerProcess vault = noticeSystem.company().stack().vault();
    Path copy = temp.resolve("state");
    vault.stop();
    copy(vault.stateFolder(), copy);
    vault.startAgain();
    String newest = "select coalesce(max(seq), 0) from vault_receipt";
    long known = noticeSystem.number(newest);
    TestAccount testAccount = noticeSystem.company().employee();
    agent(testAccount, "later").optIn("password", PASSWORD);
    // Registering a password takes three entries, which the portal has then read.
    until(() -> noticeSystem.number(newest) >= known + 3);
    vault.stop();
    // With the file that shows that the database is old, which is why it may not be brought back.
    copy(copy, vault.stateFolder());
    vault.startAgain();
    noticeSystem.awaitHook(NoticeKind.LEDGER_REGRESS, 0);
    noticeSystem.later();
    assertThat(noticeSystem.hooks(NoticeKind.LEDGER_REGRESS, 0)).hasSize(1);
    assertThat(noticeSystem.mailsSaying(NoticeSystem.STAFF, "保管庫が古い台帳の写しで動いています")).isEqualTo(1);
  }

  /** Makes a folder the same as another one. */
  private static void copy(Path from, Path to) throws Exception {
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                "rm -rf \"$1\" && cp -a \"$0\" \"$1\"",
                from.toString(),
                to.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void a_gate_that_halts_a_campaign_is_told_once() throws Exception {
    ApiClient admin = noticeSystem.company().admin();
    Map<String, Object> gate =
        Map.of("gate", "FAILED_FIRST_BACKUPS", "maxPercent", 50, "minObserved", 1);
    ApiReply made =
        admin.json(
            "POST",
            "/v1/admin/rollout/campaigns",
            Map.of("name", "pilot", "description", "", "gates", List.of(gate)));
    expect(201, made);
    long id = made.json().path("campaignId").asLong();
    String campaign = "/v1/admin/rollout/campaigns/" + id;
    ApiReply wave = admin.json("POST", campaign + "/waves", Map.of("name", "first"));
    expect(201, wave);
    TestAccount pilot = noticeSystem.company().waitingEmployee();
    ApiDevice device = ApiDevice.enrol(noticeSystem.company().agentOf(pilot), "pilot");
    byte[] list = ("username\r\n" + pilot.username()).getBytes(StandardCharsets.UTF_8);
    String waveId = wave.json().at("/waves/0/waveId").asText();
    expect(200, admin.send("PUT", campaign + "/waves/" + waveId + "/list", "text/csv", list));
    expect(200, admin.send("POST", campaign + "/start", null, null));
    ApiClient agent = noticeSystem.company().agentOf(pilot);
    until(() -> agent.get("/v1/enrollment").json().path("offered").asBoolean());
    ApiClient session = device.session();
    device.optIn(session);
    String run = "/v1/device/runs/" + TextCodec.hex(ApiDevice.random(16));
    expect(204, session.json("PUT", run, NoticeContentScenario.failedRun()));
    until(() -> halts(id).size() == 1);
    noticeSystem.later();
    assertThat(halts(id)).hasSize(1);
    assertThat(halts(id).getFirst().body().at("/notices/0/detail/failing").asText()).isEqualTo("1");
    assertThat(noticeSystem.company().admin().get(campaign).field("state")).isEqualTo("HALTED");
    assertThat(noticeSystem.mailsSaying(NoticeSystem.STAFF, "展開 " + id + " がゲートにより停止しました"))
        .isEqualTo(1);
  }

  private static List<WebhookReceiver.Received> halts(long campaign) {
    return noticeSystem.hooks(NoticeKind.CAMPAIGN_HALTED, 0).stream()
        .filter(hook -> hook.body().at("/notices/0/detail/campaign").asLong() == campaign)
        .toList();
  }

  @Test
  void a_log_that_is_not_archived_is_told_once_and_closed_when_it_is_again() throws Exception {
    NoticeKind kind = NoticeKind.DATABASE_BACKUP_OVERDUE;
    // While nothing is written nothing is archived, which may have been told, or is about to be.
    until(() -> isArchived() && !isOpen(kind) && noticeSystem.nothingWaits());
    int before = noticeSystem.hooks(kind, 0).size();
    long mailsBefore = noticeSystem.mailsSaying(NoticeSystem.STAFF, OVERDUE);
    noticeSystem.archive(false);
    try {
      until(() -> noticeSystem.hooks(kind, 0).size() > before);
      assertThat(databaseBackup().path("state").asText()).isEqualTo("FAILED");
      assertThat(isOpen(kind)).isTrue();
    } finally {
      noticeSystem.archive(true);
    }
    until(() -> isArchived() && !isOpen(kind));
    assertThat(newest(kind).path("acknowledgedBy").asText()).isEqualTo("system");
    noticeSystem.later();
    assertThat(noticeSystem.hooks(kind, 0)).hasSize(before + 1);
    assertThat(noticeSystem.mailsSaying(NoticeSystem.STAFF, OVERDUE)).isEqualTo(mailsBefore + 1);
  }

  /** Whether the log was archived a moment ago; if not, writes and archives. */
  private static boolean isArchived() throws Exception {
    JsonNode backup = databaseBackup();
    boolean archived =
        backup.path("state").asText().equals("IDLE")
            && Instant.parse(backup.path("endedAt").asText()).isAfter(Instant.now().minus(LATELY));
    if (!archived) {
      noticeSystem.archiveNow();
    }
    return archived;
  }

  private static JsonNode databaseBackup() throws Exception {
    JsonNode jobs = noticeSystem.company().admin().get("/v1/admin/jobs").json();
    return StreamSupport.stream(jobs.spliterator(), false)
        .filter(job -> job.path("job").asText().equals("DATABASE_BACKUP"))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isOpen(NoticeKind kind) throws Exception {
    String query = "/v1/admin/notices?open=true&kind=" + kind.code();
    return !noticeSystem.company().admin().get(query).json().path("notices").isEmpty();
  }

  private static JsonNode newest(NoticeKind kind) throws Exception {
    String query = "/v1/admin/notices?limit=1&kind=" + kind.code();
    return noticeSystem.company().admin().get(query).json().at("/notices/0");
  }

  @Test
  void mail_goes_encrypted_and_waits_while_the_certificate_is_not_trusted() throws Exception {
    noticeSystem.showCertificate(false);
    Member member = noticeSystem.member();
    try {
      for (ApiClient admin :
          List.of(noticeSystem.company().admin(), noticeSystem.adminAtSecond())) {
        ApiReply refused = test(admin);
        assertThat(refused.json().path("sent").asBoolean()).isFalse();
        assertThat(refused.field("trouble")).isEqualTo("UNTRUSTED");
      }
      until(() -> mailOf(member).path("trouble").asText().equals("UNTRUSTED"));
      assertThat(mailOf(member).path("state").asText()).isEqualTo("WAITING");
      assertThat(noticeSystem.mailsTo(member.address())).isEmpty();
    } finally {
      noticeSystem.showCertificate(true);
    }
    for (ApiClient admin : List.of(noticeSystem.company().admin(), noticeSystem.adminAtSecond())) {
      assertThat(test(admin).json().path("sent").asBoolean()).isTrue();
    }
    assertThat(noticeSystem.fronts()).allMatch(front -> front.passed() > 0);
    until(() -> noticeSystem.mailsTo(member.address()).size() >= 2);
    noticeSystem.later();
    assertThat(noticeSystem.mailsTo(member.address())).hasSize(2);
  }

  private static ApiReply test(ApiClient admin) {
    return admin.json("POST", "/v1/admin/notices/tests", Map.of("channel", "MAIL"));
  }

  /** The mail that tells a member of their own device. */
  private static JsonNode mailOf(Member member) throws Exception {
    String query = "/v1/admin/notices?limit=50&kind=" + NoticeKind.DEVICE_ENROLLED.code();
    for (JsonNode notice : noticeSystem.company().admin().get(query).json().path("notices")) {
      if (notice.path("employeeId").asLong() == member.id()) {
        for (JsonNode delivery : notice.path("deliveries")) {
          if (delivery.path("address").asText().equals(member.address())) {
            return delivery;
          }
        }
      }
    }
    return MissingNode.getInstance();
  }
}

package org.hikae.it.pages.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.identity.view.GroupPaths;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.HostileNames;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestAccounts;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.access.OperationAccess;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.lifecycle.view.SetLegalHold;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.rollout.entity.Campaign;
import org.hikae.testing.TestScope;

/**
 * What the pages' tests need of a company: the people of the demo and an employee who takes part.
 *
 * @param company the running system and its accounts
 */
public record PagesFixture(TestCompany company) {

  /** Department of everybody whom a test of pages makes. */
  public static final String GROUP = "/Sales";

  private static final int MAX_DEVICE_NAME = 100;

  /** An employee with a device that has opted in. */
  public record Participant(TestAccount person, ApiDevice device, ApiClient session) {}

  /** The company of the pages' tests, which look at what does not differ between databases. */
  public static PagesFixture open() throws Exception {
    // A short run starts one system, that of most tests; a whole one has both, and two lanes.
    return on(
        TestScope.ofThisRun().isShort() ? StackDatabase.Kind.POSTGRESQL : StackDatabase.Kind.H2);
  }

  public static PagesFixture on(StackDatabase.Kind kind) throws Exception {
    return new PagesFixture(TestCompany.on(kind));
  }

  public Stack stack() {
    return company.stack();
  }

  public TestAccounts people() {
    return company.people();
  }

  public TestAccount admin() throws Exception {
    return people().named("admin");
  }

  public Browser browser() {
    return browser("en");
  }

  public Browser browser(String language) {
    return Browser.open(stack(), language);
  }

  /** A browser in which this person has opened a page. */
  public Browser browser(TestAccount testAccount, String page) {
    return browser().signIn(testAccount, page);
  }

  /** Makes an employee, offers their department the backup, enrols a device, opts in. */
  public Participant participant(String deviceName) throws Exception {
    return participant(deviceName, people().employee(GROUP));
  }

  /** The same with a user name of the test's choice. */
  public Participant participant(String deviceName, String username) throws Exception {
    return participant(deviceName, people().employeeNamed(username, GROUP));
  }

  /** The same where employee, department and device have names that were chosen to break pages. */
  public Participant hostileParticipant() throws Exception {
    return hostileParticipant(HostileNames.family());
  }

  private Participant hostileParticipant(String family) throws Exception {
    String department = HostileNames.of(GroupPaths.MAX_CHARS - 1);
    people().department(department);
    return participant(
        HostileNames.of(MAX_DEVICE_NAME),
        people().employeeCalled(HostileNames.given(), family, List.of(GROUP, "/" + department)));
  }

  private Participant participant(String deviceName, TestAccount testAccount) throws Exception {
    assertThat(adminApi().json("PUT", "/v1/admin/rollout/offers" + GROUP, Map.of()).status())
        .isBetween(200, 201);
    ApiDevice device = ApiDevice.enrol(company.agentOf(testAccount), deviceName);
    ApiClient session = device.session();
    device.optIn(session);
    return new Participant(testAccount, device, session);
  }

  /** What pages about one thing can show, by the names of {@link SitePages}. */
  public Map<String, Object> shown(Participant participant) throws Exception {
    return shown(participant, "A look", "A few");
  }

  /** The same with names that were chosen to break pages, also of what lists show beside it. */
  public Map<String, Object> hostileShown(Participant participant) throws Exception {
    String name = HostileNames.of(Campaign.MAX_NAME_CHARS);
    Map<String, Object> shown = shown(participant, name, name);
    setLegalHold(
        hostileParticipant(HostileNames.familyOfPairs()),
        HostileNames.of(SetLegalHold.MAX_REASON_CHARS));
    addRecipient(HostileNames.of(64) + UUID.randomUUID());
    return shown;
  }

  private Map<String, Object> shown(Participant participant, String campaignName, String waveName)
      throws Exception {
    String campaigns = "/v1/admin/rollout/campaigns";
    ApiReply campaign =
        adminApi()
            .json(
                "POST",
                campaigns,
                Map.of("name", campaignName, "description", campaignName, "gates", List.of()));
    long campaignId = campaign.json().path("campaignId").asLong();
    ApiReply wave =
        adminApi()
            .json(
                "POST",
                campaigns + "/" + campaignId + "/waves",
                Map.of("name", waveName, "percent", 1));
    assertThat(wave.status()).as("%s", wave).isEqualTo(201);
    setLegalHold(participant("Held laptop"), "Case 2026-117, letter of June 3");
    sendDiagnostics(participant);
    useProgram();
    return Map.of(
        "employee", employeeId(participant.person()),
        "device", participant.device().id(),
        "campaign", campaignId,
        "wave", wave.json().at("/waves/0/waveId").asLong());
  }

  /** Adds somebody who hears of next to nothing; the name has to be of no other. */
  private void addRecipient(String name) throws Exception {
    ApiReply made =
        adminApi()
            .json(
                "POST",
                "/v1/admin/notice-recipients",
                Map.of(
                    "name",
                    name,
                    "audience",
                    "ROLE",
                    "audienceName",
                    RealmNames.BACKUP_ADMIN,
                    "channel",
                    "MAIL",
                    "addresses",
                    List.of("dialogs@example.com"),
                    "language",
                    "en",
                    "kinds",
                    List.of(NoticeKind.OBJECT_ROTTEN.code()),
                    "timeZone",
                    "UTC"));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
  }

  /** What a device says of itself; one word of it would be a mark of a page. */
  public void sendDiagnostics(Participant participant) {
    Map<String, Object> told = new HashMap<>(OperationAccess.diagnostics());
    told.put("system", "</li><b>\"Li'nux\"&amp;");
    told.put("clockOffsetSeconds", -7300);
    told.put("nextRunAt", "2026-01-01T00:00:00Z");
    told.put("runs", List.of(failedRun()));
    told.put("problems", List.of(Map.of("code", "no-answer", "lastAt", "2026-01-01T00:00:00Z")));
    ApiReply sent = participant.session().json("POST", "/v1/device/diagnostics", told);
    assertThat(sent.status()).as("%s", sent).isEqualTo(201);
  }

  private static Map<String, Object> failedRun() {
    return Map.of(
        "kind",
        "BACKUP",
        "startedAt",
        "2026-01-01T00:00:00Z",
        "seconds",
        9,
        "result",
        "NETWORK",
        "problem",
        "no-answer");
  }

  /** A program of the company's own that has read something. */
  private void useProgram() throws Exception {
    String client = RealmNames.AUTOMATION_PREFIX + "seen-" + TextCodec.hex(ApiDevice.random(4));
    String secret = TextCodec.hex(ApiDevice.random(16));
    people().program(client, secret, RealmNames.AUDITOR);
    ApiClient program = company.anonymous().bearer(company.signIn().programToken(client, secret));
    assertThat(program.get("/v1/admin/audit?limit=1").status()).isEqualTo(200);
  }

  private void setLegalHold(Participant participant, String reason) throws Exception {
    String hold = "/v1/admin/employees/" + employeeId(participant.person()) + "/legal-hold";
    ApiReply set = adminApi().json("PUT", hold, Map.of("reason", reason));
    assertThat(set.status()).as("%s", set).isEqualTo(201);
  }

  /** The portal's number of an employee. */
  public long employeeId(TestAccount testAccount) throws Exception {
    return adminApi()
        .get("/v1/admin/employees?search=" + testAccount.username())
        .json()
        .at("/employees/0/employeeId")
        .asLong();
  }

  /** The administrator without a browser. */
  public ApiClient adminApi() throws Exception {
    return company.admin();
  }

  /** A department of the test's own with one employee, so that nobody else's rows count. */
  public String department() throws Exception {
    String name = "pages-" + UUID.randomUUID().toString().substring(0, 8);
    people().department(name);
    people().employee("/" + name);
    return name;
  }

  /** Stores one object and commits a snapshot of it. */
  public void backUp(Participant participant) throws MalformedException {
    ApiClient session = participant.session();
    String pack = ApiDevice.store(session, ApiDevice.random(2048));
    commit(session, participant.device().first(root(session), List.of(pack)));
  }

  /** The same and one more of it: only what is not the newest can be released. */
  public void backUpTwice(Participant participant) throws MalformedException {
    ApiClient session = participant.session();
    ApiDevice device = participant.device();
    List<String> packs = List.of(ApiDevice.store(session, ApiDevice.random(2048)));
    ApiReply first = commit(session, device.first(root(session), packs));
    commit(session, device.snapshot(2, first.field("stubHash"), root(session), packs, List.of()));
  }

  private static String root(ApiClient session) {
    return ApiDevice.store(session, ApiDevice.random(512));
  }

  private static ApiReply commit(ApiClient session, CommitSnapshot snapshot) {
    ApiReply committed = session.json("POST", "/v1/device/snapshots", snapshot);
    assertThat(committed.status()).as("%s", committed).isEqualTo(201);
    return committed;
  }

  /** Says that a device has this version of the agent. */
  public void useVersion(Participant participant, String version) throws SQLException {
    change(
        "update device set agent_version = ? where device_id = ?",
        version,
        participant.device().id());
  }

  /** Changes rows behind the portal's back. */
  public void change(String statement, Object... values) throws SQLException {
    try (Connection connection = stack().db().asOwner();
        PreparedStatement prepared = connection.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        prepared.setObject(i + 1, values[i]);
      }
      prepared.executeUpdate();
    }
  }

  /** One number of the database. */
  public long number(String query) throws SQLException {
    try (Connection connection = stack().db().asOwner();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }
}

package org.hikae.it.openapi;

import static org.hikae.it.openapi.DeviceExampleScenario.expect;
import static org.hikae.it.openapi.DeviceExampleScenario.look;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;

/** What administrators do with employees, policies, approvals, consent texts and campaigns. */
final class StaffExampleScenario {

  private static final String CAMPAIGNS = "/v1/admin/rollout/campaigns";
  private static final String EFFECTIVE = "/v1/admin/policies/effective/";
  private static final String SCOPE = "/v1/admin/policies/scopes/group/Sales";
  private static final String DRAFT = "/v1/admin/consent-texts/draft";

  private final TestCompany company;
  private final OperationExamples examples;

  StaffExampleScenario(TestCompany company, OperationExamples examples) {
    this.company = company;
    this.examples = examples;
  }

  private ApiClient admin() throws Exception {
    return company.admin().heardBy(examples);
  }

  private ApiClient other() throws Exception {
    return company.portalOf(company.people().named("admin2")).heardBy(examples);
  }

  void employees(String employee, String device) throws Exception {
    String client = RealmNames.AUTOMATION_PREFIX + "monitor";
    company.people().program(client, "secret-of-the-test", RealmNames.AUDITOR);
    ApiClient program =
        company.anonymous().bearer(company.signIn().programToken(client, "secret-of-the-test"));
    expect(200, program.get("/v1/admin/audit?limit=1"));
    ApiClient admin = admin();
    String base = "/v1/admin/employees/" + employee;
    look(admin, "/v1/admin/service-accounts", "/v1/admin/employees?search=hanako");
    look(admin, base, base + "/snapshots", "/v1/admin/devices?limit=1");
    look(admin, "/v1/admin/overview", "/v1/admin/storage", "/v1/admin/jobs");
    look(admin, base + "/devices", base + "/storage", base + "/retention", base + "/consents");
    look(admin, base + "/erasures", EFFECTIVE + employee);
    look(admin, EFFECTIVE + employee + "/comparison?with=" + employee);
    expect(201, admin.json("PUT", base + "/legal-hold", Map.of("reason", "Case 7")));
    look(admin, base + "/legal-hold");
    expect(202, admin.send("DELETE", base + "/legal-hold", null, null));
    look(admin, "/v1/admin/legal-holds?limit=1");
    expect(200, admin.send("POST", base + "/devices/" + device + "/revoke", null, null));
    expect(201, admin.json("PUT", "/v1/admin/rollout/offers/Sales", Map.of()));
    look(admin, "/v1/admin/rollout/offers");
  }

  void policies() throws Exception {
    ApiClient admin = admin();
    look(admin, "/v1/admin/policies/keys", "/v1/admin/policies/templates");
    expect(
        200,
        admin.json(
            "POST",
            "/v1/admin/policies/previews",
            Map.of("scope", "group/Sales", "rank", 10, "values", Map.of("holdDays", 60))));
    expect(200, admin.json("PUT", SCOPE, policy(0, 60)));
    look(admin, SCOPE, "/v1/admin/policies");
    ApiReply first = weaker(admin);
    look(admin, "/v1/admin/approvals?open=true&limit=1", approval(first));
    expect(
        200,
        other()
            .json(
                "POST",
                approval(first) + "/approve",
                Map.of("changeHash", first.field("changeHash"))));
    ApiReply second = weaker(admin, 2, 40);
    expect(200, other().send("POST", approval(second) + "/reject", null, null));
    ApiReply third = weaker(admin, 2, 40);
    expect(200, admin.send("POST", approval(third) + "/withdraw", null, null));
    String lab = "/v1/admin/policies/scopes/group/Lab";
    Map<String, Object> few = Map.of("replaces", 0, "rank", 20, "values", Map.of("maxDevices", 4));
    expect(200, admin.json("PUT", lab, few));
    expect(200, admin.send("DELETE", lab + "?replaces=1", null, null));
  }

  private static Map<String, Object> policy(int replaces, int holdDays) {
    return Map.of("replaces", replaces, "rank", 10, "values", Map.of("holdDays", holdDays));
  }

  private static ApiReply weaker(ApiClient admin) {
    return weaker(admin, 1, 50);
  }

  private static ApiReply weaker(ApiClient admin, int replaces, int holdDays) {
    ApiReply waits = admin.json("PUT", SCOPE, policy(replaces, holdDays));
    expect(202, waits);
    return waits;
  }

  private static String approval(ApiReply waits) {
    return "/v1/admin/approvals/" + waits.field("requestId");
  }

  void recipients() throws Exception {
    ApiClient admin = admin();
    String recipients = "/v1/admin/notice-recipients";
    ApiReply made = admin.json("POST", recipients, recipient("IT", List.of("it@example.com")));
    expect(201, made);
    String recipient = recipients + "/" + made.json().path("recipientId").asLong();
    Map<String, Object> more = recipient("IT", List.of("it@example.com", "desk@example.com"));
    ApiReply edited = admin.with("If-Match", tag(made)).json("PUT", recipient, more);
    expect(200, edited);
    look(admin, recipients);
    // It hears of what is critical.
    expect(202, admin.with("If-Match", tag(edited)).send("DELETE", recipient, null, null));
    // Hears of what comes next, at an address where nobody answers.
    Map<String, Object> webhook = recipient("Webhook", List.of());
    webhook.put("channel", "WEBHOOK");
    webhook.put("kinds", List.of("approval.requested"));
    List.of("quietFrom", "quietUntil", "digestAt", "mutedUntil").forEach(webhook::remove);
    expect(201, company.admin().json("POST", recipients, webhook));
  }

  /** After something was told to who hears of it. */
  void notices() throws Exception {
    String newest = "/v1/admin/notices?limit=1&kind=approval.requested";
    ApiClient quiet = company.admin();
    IncidentExampleScenario.until(
        () -> quiet.get(newest).json().at("/notices/0/deliveries/0").has("trouble"));
    ApiClient admin = admin();
    look(admin, newest, "/v1/admin/notices/channels");
    expect(200, admin.json("POST", "/v1/admin/notices/tests", Map.of("channel", "WEBHOOK")));
    long number = quiet.get(newest).json().at("/notices/0/noticeId").asLong();
    String notice = "/v1/admin/notices/" + number;
    expect(200, admin.send("POST", notice + "/acknowledge", null, null));
    expect(200, admin.send("POST", notice + "/retry", null, null));
  }

  /** One administrator enters it; removing it once it has worked takes two. */
  void channels() throws Exception {
    ApiClient admin = admin();
    String mail = "/v1/admin/notice-channels/MAIL";
    Map<String, Object> settings =
        Map.of(
            "host", "smtp.invalid",
            "port", 587,
            "security", "STARTTLS",
            "sender", "hikae@example.com",
            "user", "hikae",
            "password", "only-for-tests");
    // The example is what is answered when it is set up.
    String unset = tag(company.admin().get(mail));
    expect(200, admin.with("If-Match", unset).json("PUT", mail, settings));
    look(admin, mail);
    // As if a message had gone out.
    try (Connection connection = company.stack().db().asApplication();
        Statement update = connection.createStatement()) {
      update.execute("update notice_channel_setting set worked_at = changed_at");
    }
    ApiReply holding = admin.get(mail);
    expect(202, admin.with("If-Match", tag(holding)).send("DELETE", mail, null, null));
  }

  /** As if the report of a month had been made. */
  void reports() throws Exception {
    try (Connection connection = company.stack().db().asApplication();
        Statement insert = connection.createStatement()) {
      insert.execute(
          "insert into monthly_report (report_month, computed_at, content)"
              + " values ('2026-01', current_timestamp, '[]')");
    }
    ApiClient admin = admin();
    String schedule = "/v1/admin/monthly-report-schedule";
    Map<String, Object> wanted =
        Map.of(
            "enabled",
            true,
            "addresses",
            List.of("management@example.com", "audit@example.com"),
            "language",
            "ja");
    String edition = tag(company.admin().get(schedule));
    expect(200, admin.with("If-Match", edition).json("PUT", schedule, wanted));
    expect(200, admin.send("POST", schedule + "/tests", null, null));
    look(admin, schedule, "/v1/admin/monthly-reports");
    look(admin, "/v1/admin/monthly-reports/2026-01?format=csv");
  }

  private static Map<String, Object> recipient(String name, List<String> addresses) {
    Map<String, Object> recipient = new java.util.TreeMap<>();
    recipient.put("name", name);
    recipient.put("audience", "ROLE");
    recipient.put("audienceName", RealmNames.BACKUP_ADMIN);
    recipient.put("channel", "MAIL");
    recipient.put("addresses", addresses);
    recipient.put("language", "en");
    recipient.put("kinds", List.of("campaign.halted", "object.rotten"));
    recipient.put("timeZone", "Asia/Tokyo");
    recipient.put("quietFrom", "22:00");
    recipient.put("quietUntil", "07:00");
    recipient.put("digestAt", "08:30");
    recipient.put("mutedUntil", "2126-01-01T00:00:00Z");
    return recipient;
  }

  void texts() throws Exception {
    ApiClient admin = admin();
    look(admin, DRAFT, "/v1/admin/consent-texts/1");
    Map<String, Object> texts =
        Map.of(
            "revision", revision(admin),
            "titleEn", "Consent",
            "bodyEn", "Your company backs up your files.",
            "titleJa", "同意",
            "bodyJa", "会社がファイルをバックアップします。");
    expect(200, admin.json("PUT", DRAFT, texts));
    Map<String, Object> publish = Map.of("revision", revision(admin), "reconsentBy", "none");
    expect(201, admin.json("POST", DRAFT + "/publish", publish));
    look(admin, "/v1/admin/consent-texts");
  }

  private static long revision(ApiClient admin) {
    return admin.get(DRAFT).json().path("revision").asLong();
  }

  void campaigns() throws Exception {
    ApiClient admin = admin();
    ApiReply made = admin.json("POST", CAMPAIGNS, campaign("Autumn"));
    expect(201, made);
    String campaign = CAMPAIGNS + "/" + made.json().path("campaignId").asLong();
    ApiReply edited = admin.with("If-Match", tag(made)).json("PUT", campaign, campaign("Winter"));
    expect(200, edited);
    // None of them begins while somebody looks.
    Map<String, Object> tenth = wave("A tenth", Map.of("percent", 10));
    String first = addWave(admin, campaign, tenth);
    String list = addWave(admin, campaign, wave("Volunteers", Map.of()));
    byte[] names = "username\r\nhanako\r\ntaro\r\n".getBytes(StandardCharsets.UTF_8);
    expect(200, admin.send("PUT", list + "/list", "text/csv", names));
    look(admin, campaign);
    Map<String, Object> fifth = wave("A fifth", Map.of("percent", 20));
    expect(200, current(admin, campaign).json("PUT", first, fifth));
    expect(
        200,
        admin.json("POST", campaign + "/previews?limit=1", Map.of("groups", List.of("/Sales"))));
    look(admin, campaign + "/gate-readings", campaign + "/funnel", CAMPAIGNS);
    for (String action : List.of("start", "pause", "resume", "complete")) {
      expect(200, admin.send("POST", campaign + "/" + action, null, null));
    }
    ApiReply second = admin.json("POST", CAMPAIGNS, campaign("Spring"));
    String other = CAMPAIGNS + "/" + second.json().path("campaignId").asLong();
    addWave(admin, other, tenth);
    String gone = addWave(admin, other, wave("Everybody", Map.of("percent", 100)));
    expect(200, current(admin, other).send("DELETE", gone, null, null));
    expect(200, admin.send("POST", other + "/start", null, null));
    expect(200, admin.send("POST", other + "/cancel", null, null));
    startByHand(admin);
  }

  /** Its wave has nobody on its list, so that nobody is invited while somebody looks. */
  private static void startByHand(ApiClient admin) {
    ApiReply third = admin.json("POST", CAMPAIGNS, campaign("Summer"));
    String campaign = CAMPAIGNS + "/" + third.json().path("campaignId").asLong();
    String wave = addWave(admin, campaign, wave("Night shift", Map.of()));
    expect(200, admin.send("POST", campaign + "/start", null, null));
    Map<String, Object> why = Map.of("reason", "The night shift asked for it");
    expect(200, admin.json("POST", wave + "/start", why));
    expect(200, admin.send("POST", campaign + "/complete", null, null));
  }

  private static Map<String, Object> campaign(String name) {
    Map<String, Object> gate =
        Map.of("gate", "FAILED_FIRST_BACKUPS", "maxPercent", 20, "minObserved", 5);
    return Map.of("name", name, "description", "Wave after wave", "gates", List.of(gate));
  }

  private static Map<String, Object> wave(String name, Map<String, Object> more) {
    Map<String, Object> wave = new java.util.TreeMap<>(more);
    wave.put("name", name);
    wave.put("startsAt", "2126-01-01T00:00:00Z");
    return wave;
  }

  private static String addWave(ApiClient admin, String campaign, Map<String, Object> wave) {
    ApiReply added = admin.json("POST", campaign + "/waves", wave);
    expect(201, added);
    var waves = added.json().path("waves");
    return campaign + "/waves/" + waves.get(waves.size() - 1).path("waveId").asLong();
  }

  private static ApiClient current(ApiClient admin, String campaign) {
    return admin.with("If-Match", tag(admin.get(campaign)));
  }

  private static String tag(ApiReply reply) {
    return reply.headers().firstValue("ETag").orElseThrow();
  }
}

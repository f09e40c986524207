package org.hikae.it.http.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ResticWrap;
import org.hikae.hk1.TextCodec;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;

/**
 * One endpoint of docs/spec/rest.md: who may pass, and what a caller who may is answered.
 *
 * @param method HTTP method
 * @param path path below /api
 * @param body JSON body, or null for none
 * @param answer status for those who may; a refusal of the content counts, as long as it is not 401
 *     or 403
 * @param may who may
 * @param recent whether the sign-in must be recent
 */
public record OperationAccess(
    String method,
    String path,
    @org.jspecify.annotations.Nullable Object body,
    int answer,
    Set<CallerKind> may,
    boolean recent) {

  OperationAccess(
      String method,
      String path,
      @org.jspecify.annotations.Nullable Object body,
      int answer,
      Set<CallerKind> may) {
    this(method, path, body, answer, may, false);
  }

  /** The same at another path, with another body. */
  public OperationAccess at(String other, @org.jspecify.annotations.Nullable Object content) {
    return new OperationAccess(method, other, content, answer, may, recent);
  }

  /** The same, which a token of an old sign-in does not pass (HK1-R-04). */
  OperationAccess recently() {
    return new OperationAccess(method, path, body, answer, may, true);
  }

  /** Callers of the matrix. */
  public enum CallerKind {
    NO_TOKEN,
    GARBAGE,
    /** The monitoring system's token. */
    MONITORING,
    /** Agent token and device session of an employee who has opted in. */
    DEVICE,
    /** The same token without the session. */
    AGENT,
    /** Agent token of an administrator: an employee there, no more. */
    AGENT_OF_ADMIN,
    PORTAL_EMPLOYEE,
    ADMIN,
    HELPDESK,
    AUDITOR,
    /** No role at all, by the pages' client. */
    NOBODY,
    /** No role at all, by the agent's client. */
    NOBODY_AGENT
  }

  private static final String ID = "00112233445566778899aabbccddeeff";

  private static final String ABSENT = Hash256.sha256(new byte[] {1, 2, 3}).hex();
  private static final String NUMBER = "999999999";
  private static final String EFFECTIVE = "/v1/admin/policies/effective/" + NUMBER;
  private static final String HELD = "/v1/admin/employees/" + NUMBER + "/legal-hold";
  private static final String CAMPAIGNS = "/v1/admin/rollout/campaigns";
  private static final String CAMPAIGN = CAMPAIGNS + "/" + NUMBER;
  private static final String WAVE = CAMPAIGN + "/waves/" + NUMBER;
  private static final String FINDING = "/v1/admin/directory/findings/" + NUMBER;
  private static final String RESTIC = "/v1/device/restic/credentials";
  private static final String EMPLOYEES_RESTIC = "/v1/admin/employees/" + NUMBER + "/restic";
  private static final String RESTIC_HOMES = "/v1/device/restic/repositories";
  private static final String TRANSFERS = "/v1/device/transfers";
  private static final String METRICS = "/metrics";
  private static final Set<CallerKind> ALL = EnumSet.allOf(CallerKind.class);
  private static final Set<CallerKind> AGENTS =
      EnumSet.of(CallerKind.DEVICE, CallerKind.AGENT, CallerKind.AGENT_OF_ADMIN);
  private static final Set<CallerKind> DEVICE = EnumSet.of(CallerKind.DEVICE);
  private static final Set<CallerKind> PEOPLE =
      EnumSet.of(
          CallerKind.PORTAL_EMPLOYEE, CallerKind.ADMIN, CallerKind.HELPDESK, CallerKind.AUDITOR);
  private static final Set<CallerKind> ADMIN = EnumSet.of(CallerKind.ADMIN);
  private static final Set<CallerKind> AUDIT = EnumSet.of(CallerKind.ADMIN, CallerKind.AUDITOR);
  private static final Set<CallerKind> STAFF =
      EnumSet.of(CallerKind.ADMIN, CallerKind.HELPDESK, CallerKind.AUDITOR);

  /** Every endpoint of the specification. */
  public static List<OperationAccess> all() {
    return Stream.of(devices(), people(), policies(), figures(), campaigns(), notices(), reports())
        .flatMap(List::stream)
        .toList();
  }

  private static List<OperationAccess> devices() {
    return List.of(
        new OperationAccess("GET", "/public/about", null, 200, ALL),
        new OperationAccess("GET", "/public/receipt-keys", null, 200, ALL),
        new OperationAccess("GET", "/public/log/checkpoint", null, 200, ALL),
        new OperationAccess("GET", "/public/log/key", null, 200, ALL),
        new OperationAccess("GET", "/public/log/tile/0/999", null, 404, ALL),
        new OperationAccess("GET", "/public/log/tile/0/000.p/1", null, 200, ALL),
        new OperationAccess("GET", "/public/log/tile/0/x999/999.p/1", null, 404, ALL),
        new OperationAccess("GET", "/public/updates/timestamp", null, 404, ALL),
        new OperationAccess("GET", "/public/updates/packages/none.deb/0", null, 404, ALL),
        new OperationAccess("GET", "/health/live", null, 200, ALL),
        new OperationAccess("GET", "/health/ready", null, 200, ALL),
        new OperationAccess("GET", METRICS, null, 200, EnumSet.of(CallerKind.MONITORING)),
        new OperationAccess("GET", "/v1/enrollment", null, 200, AGENTS),
        new OperationAccess("POST", "/v1/enrollment/devices", enrolment(), 400, AGENTS),
        new OperationAccess("POST", "/v1/enrollment/nonces", Map.of("deviceId", ID), 404, AGENTS),
        new OperationAccess("POST", "/v1/enrollment/sessions", session(), 404, AGENTS),
        new OperationAccess("GET", "/v1/device", null, 200, DEVICE),
        new OperationAccess("GET", "/v1/device/policy", null, 200, DEVICE),
        new OperationAccess("GET", "/v1/device/devices", null, 200, DEVICE),
        new OperationAccess("POST", "/v1/device/opt-in", optIn(), 409, DEVICE),
        new OperationAccess("PUT", "/v1/device/wraps/" + ID, wrap(), 404, DEVICE),
        new OperationAccess("GET", "/v1/device/wraps", null, 200, DEVICE),
        new OperationAccess("DELETE", "/v1/device/wraps/" + ID, null, 204, DEVICE).recently(),
        new OperationAccess("POST", "/v1/device/rotation", rotation(), 404, DEVICE).recently(),
        new OperationAccess("POST", "/v1/device/opt-in/complete", null, 200, DEVICE),
        new OperationAccess("POST", "/v1/device/consent", agree(), 400, DEVICE),
        new OperationAccess("GET", "/v1/device/vault/card", null, 200, DEVICE),
        new OperationAccess("POST", "/v1/device/vault/messages", new byte[] {1}, 400, DEVICE),
        new OperationAccess(
            "POST", "/v1/device/objects/missing", Map.of("names", new String[0]), 200, DEVICE),
        new OperationAccess("PUT", "/v1/device/objects/" + ABSENT, new byte[] {1}, 400, DEVICE),
        new OperationAccess("GET", "/v1/device/objects/" + ABSENT, null, 404, DEVICE),
        new OperationAccess("HEAD", "/v1/device/objects/" + ABSENT, null, 404, DEVICE),
        new OperationAccess("POST", "/v1/device/snapshots", snapshot(), 404, DEVICE),
        new OperationAccess("GET", "/v1/device/snapshots", null, 200, DEVICE),
        new OperationAccess("GET", "/v1/device/snapshots/" + ID, null, 404, DEVICE),
        new OperationAccess("GET", "/v1/device/snapshots/" + ID + "/objects", null, 404, DEVICE),
        new OperationAccess("POST", "/v1/device/snapshots/" + ID + "/release", null, 404, DEVICE),
        new OperationAccess("DELETE", "/v1/device/snapshots/" + ID + "/release", null, 404, DEVICE),
        new OperationAccess("GET", "/v1/device/scrub", null, 200, DEVICE),
        new OperationAccess("GET", "/v1/device/storage", null, 200, DEVICE),
        new OperationAccess("GET", TRANSFERS, null, 200, DEVICE),
        new OperationAccess("PUT", TRANSFERS + "/" + ID, openTransfer(), 404, DEVICE).recently(),
        new OperationAccess("GET", TRANSFERS + "/" + ID, null, 404, DEVICE),
        new OperationAccess("POST", TRANSFERS + "/" + ID + "/messages", message(), 404, DEVICE),
        new OperationAccess("POST", RESTIC, null, 201, DEVICE),
        new OperationAccess("GET", RESTIC, null, 200, DEVICE),
        new OperationAccess("DELETE", RESTIC + "/" + ID, null, 404, DEVICE),
        new OperationAccess("GET", RESTIC_HOMES, null, 200, DEVICE),
        new OperationAccess("PUT", RESTIC_HOMES + "/" + ID + "/password", keep(), 404, DEVICE),
        new OperationAccess("POST", RESTIC_HOMES + "/" + ID + "/credentials", null, 404, DEVICE),
        new OperationAccess(
            "POST", "/v1/device/recovery-proofs", ExistingResources.proof(ID), 400, DEVICE),
        new OperationAccess("POST", "/v1/device/diagnostics", diagnostics(), 201, DEVICE),
        new OperationAccess("PUT", "/v1/device/runs/" + ID, run(), 204, DEVICE));
  }

  private static List<OperationAccess> people() {
    return List.of(
        new OperationAccess("GET", "/v1/my/storage", null, 200, PEOPLE),
        new OperationAccess("GET", "/v1/my/retention", null, 200, PEOPLE),
        new OperationAccess("GET", "/v1/my/restic", null, 200, PEOPLE),
        new OperationAccess("POST", "/v1/my/restic/" + ID + "/take-back", moment(), 404, PEOPLE),
        new OperationAccess("POST", "/v1/my/snapshots/" + ID + "/release", null, 404, PEOPLE),
        new OperationAccess("DELETE", "/v1/my/snapshots/" + ID + "/release", null, 404, PEOPLE),
        new OperationAccess("GET", "/v1/my/consent", null, 200, PEOPLE),
        new OperationAccess("POST", "/v1/my/consent", agree(), 400, PEOPLE),
        new OperationAccess("GET", "/v1/my/consent/ledger", null, 200, PEOPLE),
        new OperationAccess("GET", "/v1/admin/employees/" + NUMBER + "/consents", null, 404, AUDIT),
        new OperationAccess("GET", "/v1/admin/consent-texts", null, 200, AUDIT),
        new OperationAccess("GET", "/v1/admin/consent-texts/" + NUMBER, null, 404, AUDIT),
        new OperationAccess("GET", "/v1/admin/consent-texts/draft", null, 200, AUDIT),
        new OperationAccess("PUT", "/v1/admin/consent-texts/draft", draft(), 409, ADMIN),
        new OperationAccess("DELETE", "/v1/admin/consent-texts/draft", null, 400, ADMIN),
        new OperationAccess("POST", "/v1/admin/consent-texts/draft/publish", publish(), 409, ADMIN)
            .recently(),
        new OperationAccess("GET", "/v1/admin/audit", null, 200, AUDIT),
        new OperationAccess("GET", "/v1/admin/service-accounts", null, 200, AUDIT),
        new OperationAccess("GET", "/v1/admin/audit/verification", null, 200, AUDIT),
        new OperationAccess("GET", "/v1/admin/audit/export", null, 200, AUDIT),
        new OperationAccess("DELETE", "/v1/admin/audit/names/" + NUMBER, null, 404, ADMIN)
            .recently(),
        new OperationAccess("GET", "/v1/admin/rollout/offers", null, 200, AUDIT),
        new OperationAccess("PUT", "/v1/admin/rollout/offers/it-matrix", Map.of(), 201, ADMIN),
        new OperationAccess("DELETE", "/v1/admin/rollout/offers/it-matrix", null, 204, ADMIN),
        new OperationAccess("GET", "/v1/admin/scrub", null, 200, AUDIT),
        new OperationAccess("POST", "/v1/admin/scrub", null, 202, ADMIN),
        new OperationAccess("GET", "/v1/admin/rotten-objects", null, 200, AUDIT),
        new OperationAccess("GET", "/v1/admin/directory", null, 200, STAFF),
        new OperationAccess("POST", "/v1/admin/directory/sync", null, 200, ADMIN),
        new OperationAccess("GET", FINDING + "/employees", null, 404, STAFF),
        new OperationAccess("POST", FINDING + "/confirm", null, 404, ADMIN).recently(),
        new OperationAccess("POST", FINDING + "/dismiss", null, 404, ADMIN).recently(),
        new OperationAccess("GET", "/v1/admin/leavers", null, 200, STAFF));
  }

  private static List<OperationAccess> policies() {
    return List.of(
        new OperationAccess("GET", "/v1/admin/policies", null, 200, STAFF),
        new OperationAccess("GET", "/v1/admin/policies/keys", null, 200, STAFF),
        new OperationAccess("GET", "/v1/admin/policies/templates", null, 200, STAFF),
        new OperationAccess("GET", EFFECTIVE, null, 404, STAFF),
        new OperationAccess("GET", EFFECTIVE + "/comparison?with=" + NUMBER, null, 404, STAFF),
        new OperationAccess(
            "POST",
            "/v1/admin/policies/previews",
            Map.of("scope", "default", "values", Map.of()),
            200,
            AUDIT),
        new OperationAccess("GET", "/v1/admin/policies/scopes/default", null, 200, STAFF),
        new OperationAccess("PUT", "/v1/admin/policies/scopes/default", policy(), 412, ADMIN),
        new OperationAccess("DELETE", "/v1/admin/policies/scopes/default", null, 400, ADMIN),
        new OperationAccess("GET", "/v1/admin/approvals", null, 200, AUDIT),
        new OperationAccess("GET", "/v1/admin/approvals/" + NUMBER, null, 404, AUDIT),
        new OperationAccess(
                "POST", "/v1/admin/approvals/" + NUMBER + "/approve", approve(), 404, ADMIN)
            .recently(),
        new OperationAccess("POST", "/v1/admin/approvals/" + NUMBER + "/reject", null, 404, ADMIN),
        new OperationAccess(
            "POST", "/v1/admin/approvals/" + NUMBER + "/withdraw", null, 404, ADMIN),
        new OperationAccess("GET", "/v1/admin/employees/" + NUMBER + "/devices", null, 404, STAFF),
        new OperationAccess(
                "POST",
                "/v1/admin/employees/" + NUMBER + "/devices/" + ID + "/revoke",
                null,
                404,
                EnumSet.of(CallerKind.ADMIN, CallerKind.HELPDESK))
            .recently(),
        new OperationAccess("GET", "/v1/admin/legal-holds", null, 200, AUDIT),
        new OperationAccess("GET", HELD, null, 404, AUDIT),
        new OperationAccess("PUT", HELD, Map.of("reason", "x"), 404, ADMIN),
        new OperationAccess("DELETE", HELD, null, 404, ADMIN),
        new OperationAccess(
            "GET", "/v1/admin/employees/" + NUMBER + "/erasures", null, 404, STAFF));
  }

  private static List<OperationAccess> figures() {
    return List.of(
        new OperationAccess("GET", "/v1/admin/employees", null, 200, STAFF),
        new OperationAccess("GET", "/v1/admin/employees/" + NUMBER, null, 404, STAFF),
        new OperationAccess(
            "GET", "/v1/admin/employees/" + NUMBER + "/snapshots", null, 404, STAFF),
        new OperationAccess("GET", "/v1/admin/devices", null, 200, STAFF),
        new OperationAccess("GET", EMPLOYEES_RESTIC, null, 404, STAFF),
        new OperationAccess(
                "POST", EMPLOYEES_RESTIC + "/" + ID + "/take-back", moment(), 404, ADMIN)
            .recently(),
        new OperationAccess("GET", "/v1/admin/overview", null, 200, STAFF),
        new OperationAccess("GET", "/v1/admin/storage", null, 200, STAFF),
        new OperationAccess("GET", "/v1/admin/jobs", null, 200, STAFF),
        new OperationAccess("GET", "/v1/admin/employees/" + NUMBER + "/storage", null, 404, STAFF),
        new OperationAccess(
            "GET", "/v1/admin/employees/" + NUMBER + "/retention", null, 404, STAFF));
  }

  private static List<OperationAccess> campaigns() {
    return List.of(
        new OperationAccess("GET", CAMPAIGNS, null, 200, STAFF),
        new OperationAccess("POST", CAMPAIGNS, campaign(), 201, ADMIN),
        new OperationAccess("GET", CAMPAIGN, null, 404, STAFF),
        new OperationAccess("PUT", CAMPAIGN, campaign(), 404, ADMIN),
        new OperationAccess("POST", CAMPAIGN + "/previews", Map.of("percent", 10), 404, STAFF),
        new OperationAccess("GET", CAMPAIGN + "/gate-readings", null, 404, STAFF),
        new OperationAccess("GET", CAMPAIGN + "/funnel", null, 404, STAFF),
        new OperationAccess("POST", CAMPAIGN + "/waves", Map.of("name", "x"), 404, ADMIN),
        new OperationAccess("PUT", WAVE, Map.of("name", "x"), 404, ADMIN),
        new OperationAccess("DELETE", WAVE, null, 404, ADMIN),
        new OperationAccess("POST", WAVE + "/start", Map.of("reason", "x"), 404, ADMIN),
        new OperationAccess("PUT", WAVE + "/list", new byte[] {'x'}, 400, ADMIN),
        new OperationAccess("POST", CAMPAIGN + "/start", null, 404, ADMIN),
        new OperationAccess("POST", CAMPAIGN + "/pause", null, 404, ADMIN),
        new OperationAccess("POST", CAMPAIGN + "/resume", null, 404, ADMIN),
        new OperationAccess("POST", CAMPAIGN + "/complete", null, 404, ADMIN),
        new OperationAccess("POST", CAMPAIGN + "/cancel", null, 404, ADMIN));
  }

  private static List<OperationAccess> notices() {
    String notice = "/v1/admin/notices/" + NUMBER;
    String recipients = "/v1/admin/notice-recipients";
    return List.of(
        new OperationAccess("GET", "/v1/admin/notices", null, 200, AUDIT),
        new OperationAccess("GET", "/v1/admin/notices/channels", null, 200, AUDIT),
        new OperationAccess(
            "POST", "/v1/admin/notices/tests", Map.of("channel", "WEBHOOK"), 200, ADMIN),
        new OperationAccess("GET", "/v1/admin/notice-channels/MAIL", null, 200, AUDIT),
        new OperationAccess("PUT", "/v1/admin/notice-channels/MAIL", channel(), 400, ADMIN),
        new OperationAccess("DELETE", "/v1/admin/notice-channels/MAIL", null, 400, ADMIN),
        new OperationAccess("POST", notice + "/acknowledge", null, 404, ADMIN),
        new OperationAccess("POST", notice + "/retry", null, 404, ADMIN),
        new OperationAccess("GET", recipients, null, 200, AUDIT),
        new OperationAccess("POST", recipients, recipient("de"), 400, ADMIN),
        new OperationAccess("PUT", recipients + "/" + NUMBER, recipient("en"), 404, ADMIN),
        new OperationAccess("DELETE", recipients + "/" + NUMBER, null, 404, ADMIN));
  }

  private static List<OperationAccess> reports() {
    String reports = "/v1/admin/monthly-reports";
    String schedule = "/v1/admin/monthly-report-schedule";
    return List.of(
        new OperationAccess("GET", reports, null, 200, AUDIT),
        new OperationAccess("GET", reports + "/2001-01", null, 404, AUDIT),
        new OperationAccess("GET", schedule, null, 200, AUDIT),
        new OperationAccess("PUT", schedule, schedule(), 400, ADMIN),
        new OperationAccess("POST", schedule + "/tests", null, 200, ADMIN));
  }

  /** To nobody, which is refused. */
  private static Map<String, Object> schedule() {
    return Map.of("enabled", true, "addresses", List.of(), "language", "en");
  }

  /** A mail server without a port, which is refused. */
  private static Map<String, Object> channel() {
    return Map.of(
        "host", "smtp.example.com",
        "security", "STARTTLS",
        "sender", "hikae@example.com",
        "user", "hikae",
        "password", "only-for-tests");
  }

  static Map<String, Object> recipient(String language) {
    return Map.of(
        "name", "matrix",
        "audience", "ROLE",
        "audienceName", "backup-admin",
        "channel", "WEBHOOK",
        "addresses", List.of(),
        "language", language,
        "kinds", List.of(),
        "timeZone", "UTC");
  }

  private static Map<String, Object> campaign() {
    return Map.of("name", "matrix", "gates", new Object[0]);
  }

  private static Map<String, Object> policy() {
    return Map.of("replaces", 999_999, "values", Map.of());
  }

  private static Map<String, Object> agree() {
    return Map.of("consentVersion", 1, "consentLanguage", "de");
  }

  private static Map<String, Object> moment() {
    return Map.of("moment", "2026-01-31T12:00:00Z");
  }

  private static Map<String, Object> keep() {
    byte[] wrap = new byte[ResticWrap.BYTES];
    byte[] head = {'H', 'K', '1', 't', 0, 1};
    System.arraycopy(head, 0, wrap, 0, head.length);
    return Map.of("setId", ID, "generation", 1, "number", 1, "blob", TextCodec.base64(wrap));
  }

  private static Map<String, Object> draft() {
    return Map.of("revision", 999_999, "titleEn", "", "bodyEn", "", "titleJa", "", "bodyJa", "");
  }

  private static Map<String, Object> publish() {
    return Map.of("revision", 999_999, "reconsentBy", "none");
  }

  private static Map<String, Object> approve() {
    return Map.of("changeHash", ABSENT);
  }

  /** What somebody who asks is answered. */
  ApiReply asked(ApiClient api) {
    return switch (body) {
      case null -> api.send(method, path, null, null);
      case byte[] bytes -> api.bytes(method, path, bytes);
      default -> api.json(method, path, body);
    };
  }

  /** Whether tokens of Keycloak mean nothing here. */
  boolean hasOwnToken() {
    return path.equals(METRICS);
  }

  /** Whether a device asks this, with the agent's token. */
  boolean isOfDevices() {
    return underDevice() || path.startsWith("/v1/enrollment");
  }

  boolean underDevice() {
    return path.startsWith("/v1/device");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }

  private static Map<String, Object> enrolment() {
    return Map.of(
        "name", "x", "platform", "x", "agentVersion", "1", "publicKey", "AA", "signature", "AA");
  }

  private static Map<String, Object> session() {
    return Map.of(
        "deviceId", ID, "nonce", "A".repeat(43), "agentVersion", "1", "signature", "A".repeat(86));
  }

  private static Map<String, Object> optIn() {
    return Map.of("setId", ID, "consentVersion", 1, "consentLanguage", "en");
  }

  private static Map<String, Object> wrap() {
    return Map.of("setId", ID, "generation", 1, "method", "PASSWORD_VAULT");
  }

  static Map<String, Object> openTransfer() {
    return Map.of("setId", ID, "offer", "AAAA");
  }

  private static Map<String, Object> message() {
    return Map.of("number", 1, "step", "OFFER", "body", "AAAA");
  }

  private static Map<String, Object> rotation() {
    return Map.of("setId", ID, "generation", 2, "chain", ID, "wraps", new String[] {ID});
  }

  private static Map<String, Object> snapshot() {
    return Map.of(
        "setId",
        ID,
        "generation",
        1,
        "sequence",
        1,
        "previous",
        Hash256.ZERO.hex(),
        "root",
        ABSENT,
        "listHash",
        ABSENT,
        "added",
        new String[0],
        "removed",
        new String[0],
        "files",
        0,
        "plainBytes",
        0);
  }

  static Map<String, Object> run() {
    return Map.ofEntries(
        Map.entry("kind", "BACKUP"),
        Map.entry("result", "RUNNING"),
        Map.entry("startedAt", "2026-01-01T00:00:00Z"),
        Map.entry("agentVersion", "1"),
        Map.entry("filesDone", 0),
        Map.entry("filesFailed", 0),
        Map.entry("bytesRead", 0),
        Map.entry("bytesSent", 0),
        Map.entry("bytesReceived", 0),
        Map.entry("durationMillis", 0));
  }

  /** Of a device with little space and no schedule. */
  public static Map<String, Object> diagnostics() {
    return Map.ofEntries(
        Map.entry("format", 1),
        Map.entry("madeAt", "2026-01-01T00:00:00Z"),
        Map.entry("agentVersion", "1"),
        Map.entry("system", "x"),
        Map.entry("systemVersion", "x"),
        Map.entry("architecture", "x"),
        Map.entry("javaVersion", "x"),
        Map.entry("language", "en"),
        Map.entry("staying", false),
        Map.entry("scheduled", false),
        Map.entry("paused", false),
        Map.entry("signedIn", true),
        Map.entry("hasKey", true),
        Map.entry("freeBytes", 0),
        Map.entry("portal", "OK"),
        Map.entry("tools", Map.of("systemd", false, "fuse", false, "notifications", false)),
        Map.entry("folders", 0),
        Map.entry("runs", new Object[0]),
        Map.entry("problems", new Object[0]));
  }
}

package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.hk1.TextCodec;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.access.InvalidCredential.Kind;

/**
 * Credentials that are worth nothing, each made of one that is good, which is shown first. Those of
 * an administrator are tried at the pages and where people ask, those of an employee with a device
 * where devices do.
 */
final class InvalidCredentials {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 32;
  private static final String OVERVIEW = "/admin/overview";
  private static final String DEVICE = "/v1/device";

  /** The portal asks Keycloak for its keys at most every ten seconds. */
  private static final Duration KEY_LIMIT = Duration.ofSeconds(60);

  private final TestCompany company;
  private final ApiClient anonymous;
  private final BarePageClient pages;
  private final TestAccount admin;
  private final TestAccount employee;
  private final JsonNode adminTokens;
  private final JsonNode agentTokens;
  private final ApiClient adminApi;
  private final ApiDevice device;
  private final String session;
  private final List<InvalidCredential> all = new ArrayList<>();

  private InvalidCredentials(TestCompany company) throws Exception {
    this.company = company;
    anonymous = company.anonymous();
    pages = new BarePageClient(company.stack());
    admin = company.waitingEmployee();
    company.people().grant(admin, RealmNames.BACKUP_ADMIN);
    employee = company.employee();
    adminTokens = company.signIn().portalTokens(admin);
    agentTokens = company.signIn().agentTokens(employee);
    adminApi = anonymous.bearer(adminTokens.get("access_token").asText());
    device = ApiDevice.enrol(agent(), "Worth its session");
    session = session(device);
    device.optIn(agent().session(session));
  }

  /** Makes them. */
  static InvalidCredentials of(TestCompany company, TestRealmKey key) throws Exception {
    InvalidCredentials made = new InvalidCredentials(company);
    made.addTokens(new InvalidTokens(key));
    made.addSessions();
    made.addCookies();
    return made;
  }

  /** All of them. */
  List<InvalidCredential> all() {
    return List.copyOf(all);
  }

  /** Whose good ones they were made of, as the audit trail calls them. */
  List<String> subjects() {
    return List.of(admin.id(), employee.id());
  }

  /** The device whose session is good. */
  String deviceId() {
    return device.id();
  }

  private void addTokens(InvalidTokens tokens) throws Exception {
    awaitKey(tokens);
    Map<String, String> ofAgent = tokens.of(agentTokens);
    tokens.of(adminTokens).forEach((name, text) -> add(name, text, ofAgent.get(name)));
    String bound = company.signIn().agentTokenBoundTo(SigningKey.generate(RANDOM), employee);
    add("bound to a key, without a proof", bound, bound);
    String otherRealm = company.stack().keycloak().tokenOfAnotherRealm();
    add("of another realm", otherRealm, otherRealm);
    String ofDirectory = company.signIn().tokenForAnotherAudience();
    add("of the client that reads the directory", ofDirectory, ofDirectory);
    all.add(
        new InvalidCredential(
            "of a client that is not the portal's or the agent's",
            Kind.STRANGER,
            bearer(tokens.ofStranger(adminTokens)),
            withSession(tokens.ofStranger(agentTokens), session)));
    String agentOfAdmin = company.signIn().agentToken(admin);
    all.add(
        new InvalidCredential(
            "the agent's, of an administrator", Kind.AGENT, bearer(agentOfAdmin)));
    all.add(
        new InvalidCredential(
            "a session of another employee's device",
            Kind.SESSION,
            withSession(agentOfAdmin, session)));
  }

  private void add(String name, String token, String ofDevices) {
    all.add(
        new InvalidCredential(name, Kind.TOKEN, bearer(token), withSession(ofDevices, session)));
  }

  /** Waits until the portal, and the pages for themselves, take what the key has signed. */
  private void awaitKey(InvalidTokens tokens) throws Exception {
    Map<String, String> shown = bearer(tokens.good(adminTokens));
    ApiClient good = anonymous.bearer(tokens.good(adminTokens));
    long deadline = System.nanoTime() + KEY_LIMIT.toNanos();
    while (good.get("/v1" + OVERVIEW).status() != 200
        || pages.open(OVERVIEW, shown).statusCode() != 200) {
      assertThat(System.nanoTime()).as("nobody takes the realm's new key").isLessThan(deadline);
      Thread.sleep(100);
    }
    ApiClient goodDevice = anonymous.bearer(tokens.good(agentTokens)).session(session);
    assertThat(goodDevice.get(DEVICE).status()).isEqualTo(200);
  }

  private void addSessions() throws Exception {
    String token = agentTokens.get("access_token").asText();
    String madeUp = TextCodec.base64(ApiDevice.random(SECRET_BYTES));
    all.add(
        new InvalidCredential(
            "a session that is made up", Kind.SESSION, withSession(token, madeUp)));

    ApiDevice lost = ApiDevice.enrol(agent(), "Lost");
    String ofLost = session(lost);
    long id =
        adminApi
            .get("/v1/admin/employees?search=" + employee.username())
            .json()
            .at("/employees/0/employeeId")
            .asLong();
    done("/v1/admin/employees/" + id + "/devices/" + lost.id() + "/revoke");
    all.add(
        new InvalidCredential(
            "a session of a revoked device", Kind.REVOKED_DEVICE, withSession(token, ofLost)));

    TestAccount left = company.employee();
    String ofLeft = company.signIn().agentToken(left);
    String sessionOfLeft = session(ApiDevice.enrol(anonymous.bearer(ofLeft), "Of who has left"));
    company.people().setEnabled(left, false);
    done("/v1/admin/directory/sync?kind=incremental");
    all.add(
        new InvalidCredential(
            "a session of who has left", Kind.LEFT, withSession(ofLeft, sessionOfLeft)));
  }

  private void addCookies() throws Exception {
    all.add(new InvalidCredential("a cookie that is made up", Kind.COOKIE, cookie("x".repeat(40))));
    PageClient gone = PageClient.signedIn(company.stack(), admin);
    Map<String, String> ofGone = cookie(gone);
    gone.signOut();
    all.add(new InvalidCredential("a cookie of who has signed out", Kind.COOKIE, ofGone));
    PageClient here = PageClient.signedIn(company.stack(), admin);
    assertThat(pages.open(OVERVIEW, cookie(here)).statusCode()).isEqualTo(200);
    all.add(new InvalidCredential("the pages' cookie", Kind.GOOD_COOKIE, cookie(here)));
  }

  private ApiClient agent() {
    return anonymous.bearer(agentTokens.get("access_token").asText());
  }

  private void done(String path) {
    ApiReply reply = adminApi.send("POST", path, null, null);
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
  }

  private static String session(ApiDevice device) throws Exception {
    ApiReply opened = device.open(device.nonce().field("nonce"));
    assertThat(opened.status()).as("%s", opened).isEqualTo(200);
    return opened.field("session");
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private static Map<String, String> withSession(String token, String session) {
    Map<String, String> headers = new LinkedHashMap<>(bearer(token));
    headers.put(DeviceSession.HEADER, session);
    return headers;
  }

  private static Map<String, String> cookie(PageClient visitor) {
    String value = visitor.cookies().get(PageClient.SESSION);
    assertThat(value).isNotNull();
    return cookie(value);
  }

  private static Map<String, String> cookie(String value) {
    return Map.of("Cookie", PageClient.SESSION + "=" + value);
  }
}

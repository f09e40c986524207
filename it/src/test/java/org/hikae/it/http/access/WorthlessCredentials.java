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
import org.hikae.hk1.Ids;
import org.hikae.identity.wire.Realm;
import org.hikae.it.client.Api;
import org.hikae.it.client.Company;
import org.hikae.it.client.Device;
import org.hikae.it.client.PageVisitor;
import org.hikae.it.client.Person;
import org.hikae.it.client.Reply;
import org.hikae.it.http.access.Worthless.Kind;

/**
 * Credentials that are worth nothing, each made of one that is good, which is shown first. Those of
 * an administrator are tried at the pages and where people ask, those of an employee with a device
 * where devices do.
 */
final class WorthlessCredentials {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 32;
  private static final String OVERVIEW = "/admin/overview";
  private static final String DEVICE = "/v1/device";

  /** The portal asks Keycloak for its keys at most every ten seconds. */
  private static final Duration KEY_LIMIT = Duration.ofSeconds(60);

  private final Company company;
  private final Api anonymous;
  private final BarePages pages;
  private final Person admin;
  private final Person employee;
  private final JsonNode adminTokens;
  private final JsonNode agentTokens;
  private final Api adminApi;
  private final Device device;
  private final String session;
  private final List<Worthless> all = new ArrayList<>();

  private WorthlessCredentials(Company company) throws Exception {
    this.company = company;
    anonymous = company.anonymous();
    pages = new BarePages(company.stack());
    admin = company.waitingEmployee();
    company.people().grant(admin, Realm.BACKUP_ADMIN);
    employee = company.employee();
    adminTokens = company.signIn().portalTokens(admin);
    agentTokens = company.signIn().agentTokens(employee);
    adminApi = anonymous.bearer(adminTokens.get("access_token").asText());
    device = Device.enrol(agent(), "Worth its session");
    session = session(device);
    device.optIn(agent().session(session));
  }

  /** Makes them. */
  static WorthlessCredentials of(Company company, RealmKey key) throws Exception {
    WorthlessCredentials made = new WorthlessCredentials(company);
    made.addTokens(new WorthlessTokens(key));
    made.addSessions();
    made.addCookies();
    return made;
  }

  /** All of them. */
  List<Worthless> all() {
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

  private void addTokens(WorthlessTokens tokens) throws Exception {
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
        new Worthless(
            "of a client that is not the portal's or the agent's",
            Kind.STRANGER,
            bearer(tokens.ofStranger(adminTokens)),
            withSession(tokens.ofStranger(agentTokens), session)));
    String agentOfAdmin = company.signIn().agentToken(admin);
    all.add(new Worthless("the agent's, of an administrator", Kind.AGENT, bearer(agentOfAdmin)));
    all.add(
        new Worthless(
            "a session of another employee's device",
            Kind.SESSION,
            withSession(agentOfAdmin, session)));
  }

  private void add(String name, String token, String ofDevices) {
    all.add(new Worthless(name, Kind.TOKEN, bearer(token), withSession(ofDevices, session)));
  }

  /** Waits until the portal, and the pages for themselves, take what the key has signed. */
  private void awaitKey(WorthlessTokens tokens) throws Exception {
    Map<String, String> shown = bearer(tokens.good(adminTokens));
    Api good = anonymous.bearer(tokens.good(adminTokens));
    long deadline = System.nanoTime() + KEY_LIMIT.toNanos();
    while (good.get("/v1" + OVERVIEW).status() != 200
        || pages.open(OVERVIEW, shown).statusCode() != 200) {
      assertThat(System.nanoTime()).as("nobody takes the realm's new key").isLessThan(deadline);
      Thread.sleep(100);
    }
    Api goodDevice = anonymous.bearer(tokens.good(agentTokens)).session(session);
    assertThat(goodDevice.get(DEVICE).status()).isEqualTo(200);
  }

  private void addSessions() throws Exception {
    String token = agentTokens.get("access_token").asText();
    String madeUp = Ids.base64(Device.random(SECRET_BYTES));
    all.add(new Worthless("a session that is made up", Kind.SESSION, withSession(token, madeUp)));

    Device lost = Device.enrol(agent(), "Lost");
    String ofLost = session(lost);
    long id =
        adminApi
            .get("/v1/admin/employees?search=" + employee.username())
            .json()
            .at("/employees/0/employeeId")
            .asLong();
    done("/v1/admin/employees/" + id + "/devices/" + lost.id() + "/revoke");
    all.add(
        new Worthless(
            "a session of a revoked device", Kind.REVOKED_DEVICE, withSession(token, ofLost)));

    Person left = company.employee();
    String ofLeft = company.signIn().agentToken(left);
    String sessionOfLeft = session(Device.enrol(anonymous.bearer(ofLeft), "Of who has left"));
    company.people().setEnabled(left, false);
    done("/v1/admin/directory/sync?kind=incremental");
    all.add(
        new Worthless("a session of who has left", Kind.LEFT, withSession(ofLeft, sessionOfLeft)));
  }

  private void addCookies() throws Exception {
    all.add(new Worthless("a cookie that is made up", Kind.COOKIE, cookie("x".repeat(40))));
    PageVisitor gone = PageVisitor.signedIn(company.stack(), admin);
    Map<String, String> ofGone = cookie(gone);
    gone.signOut();
    all.add(new Worthless("a cookie of who has signed out", Kind.COOKIE, ofGone));
    PageVisitor here = PageVisitor.signedIn(company.stack(), admin);
    assertThat(pages.open(OVERVIEW, cookie(here)).statusCode()).isEqualTo(200);
    all.add(new Worthless("the pages' cookie", Kind.GOOD_COOKIE, cookie(here)));
  }

  private Api agent() {
    return anonymous.bearer(agentTokens.get("access_token").asText());
  }

  private void done(String path) {
    Reply reply = adminApi.send("POST", path, null, null);
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
  }

  private static String session(Device device) throws Exception {
    Reply opened = device.open(device.nonce().field("nonce"));
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

  private static Map<String, String> cookie(PageVisitor visitor) {
    String value = visitor.cookies().get(PageVisitor.SESSION);
    assertThat(value).isNotNull();
    return cookie(value);
  }

  private static Map<String, String> cookie(String value) {
    return Map.of("Cookie", PageVisitor.SESSION + "=" + value);
  }
}

package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.KeycloakServer;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whose pages a cookie opens: those of the person whom it was given to by their own sign-in, and
 * nobody else's. Time budget: 20 seconds beside the system's start.
 */
@EveryThirdRun
class SessionIT {

  private static final String FORM = "application/x-www-form-urlencoded";

  /** What WildFly's client gives a browser for the way to Keycloak and back; they open nothing. */
  private static final Set<String> OF_THE_WAY =
      Set.of("OAuth_Token_Request_State", "code_verifier", "session_random_value");

  private static final Map<String, UnaryOperator<HttpRequest.Builder>> WITHOUT_SIGN_IN =
      new LinkedHashMap<>();

  static {
    WITHOUT_SIGN_IN.put("/signed-out", HttpRequest.Builder::GET);
    WITHOUT_SIGN_IN.put("/signed-out.xhtml?x=y", HttpRequest.Builder::GET);
    WITHOUT_SIGN_IN.put("/signed-out?posted", post(form("a=b&jakarta.faces.ViewState=1%3A2")));
    WITHOUT_SIGN_IN.put("/signed-out?stateless", post(form("jakarta.faces.ViewState=stateless")));
    WITHOUT_SIGN_IN.put(
        "/jakarta.faces.resource/base.css.xhtml?ln=hikae", HttpRequest.Builder::GET);
    WITHOUT_SIGN_IN.put(
        "/jakarta.faces.resource/nothing.css.xhtml?ln=hikae", HttpRequest.Builder::GET);
    WITHOUT_SIGN_IN.put("/my/backups", HttpRequest.Builder::GET);
    WITHOUT_SIGN_IN.put("/my/backups?posted", post(form("a=b")));
    WITHOUT_SIGN_IN.put("/my/backups?empty", post(form("")));
    WITHOUT_SIGN_IN.put(
        "/my/backups?chunked", post(BodyPublishers.ofInputStream(InputStream::nullInputStream)));
    WITHOUT_SIGN_IN.put("/my/backups?code=x&state=y", HttpRequest.Builder::GET);
    WITHOUT_SIGN_IN.put(
        "/my/backups?bearer", ask -> ask.GET().header("Authorization", "Bearer nothing"));
    WITHOUT_SIGN_IN.put("/error/broken", HttpRequest.Builder::GET);
    WITHOUT_SIGN_IN.put("/nothing-here", HttpRequest.Builder::GET);
    WITHOUT_SIGN_IN.put("/api/health/ready", HttpRequest.Builder::GET);
    WITHOUT_SIGN_IN.put("/api/v1/device", HttpRequest.Builder::GET);
    WITHOUT_SIGN_IN.put("/api/nothing", HttpRequest.Builder::GET);
  }

  private static TestCompany company;

  @BeforeAll
  static void open() throws Exception {
    company = TestCompany.on(StackDatabase.Kind.H2);
  }

  static Stream<String> withoutSignIn() {
    return WITHOUT_SIGN_IN.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("withoutSignIn")
  void who_has_not_signed_in_gets_no_session(String path) throws Exception {
    HttpResponse<String> answer = ask(PageClient.anonymous(company.stack()), path);
    assertThat(answer.statusCode()).isLessThan(500);
    List<String> given = answer.headers().allValues("Set-Cookie");
    assertThat(given.stream().map(line -> line.substring(0, line.indexOf('='))))
        .isSubsetOf(OF_THE_WAY);
  }

  @Test
  void a_cookie_of_before_a_sign_in_opens_nothing_after_it() throws Exception {
    PageClient thief = PageClient.anonymous(company.stack());
    for (String path : WITHOUT_SIGN_IN.keySet()) {
      ask(thief, path);
    }
    // Whatever it is called, and should none be given.
    thief.cookies().put(PageClient.SESSION, "x".repeat(40));
    thief.cookies().putIfAbsent("JSESSIONID", "x".repeat(40));
    Map<String, String> planted = Map.copyOf(thief.cookies());
    TestAccount victim = company.employee();
    PageClient browser = PageClient.anonymous(company.stack());
    browser.cookies().putAll(planted);
    HttpResponse<String> page = browser.signIn(victim);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains(victim.id());

    thief.cookies().clear();
    thief.cookies().putAll(planted);
    HttpResponse<String> stolen = thief.ask("/privacy");
    assertThat(stolen.statusCode()).as("what the thief got").isEqualTo(302);
    assertThat(stolen.body()).doesNotContain(victim.id());
    assertThat(browser.ask("/privacy").statusCode()).isEqualTo(200);
  }

  @Test
  void a_cookie_opens_nothing_after_signing_out_and_the_next_sign_in_has_another()
      throws Exception {
    TestAccount testAccount = company.employee();
    PageClient browser = PageClient.signedIn(company.stack(), testAccount);
    String before = browser.cookies().get(PageClient.SESSION);
    browser.signOut();
    browser.cookies().put(PageClient.SESSION, before);
    assertThat(browser.ask("/privacy").statusCode()).isEqualTo(302);
    assertThat(browser.signIn(testAccount).statusCode()).isEqualTo(200);
    assertThat(browser.cookies().get(PageClient.SESSION)).isNotEqualTo(before);
  }

  @Test
  void what_ends_at_keycloak_ends_here_at_once_and_only_by_its_word() throws Exception {
    KeycloakServer keycloak = company.stack().keycloak();
    keycloak.tellEndsTo(company.stack().portalUrl().toString());
    TestAccount testAccount = company.employee();
    PageClient browser = PageClient.signedIn(company.stack(), testAccount);
    PageClient other = PageClient.signedIn(company.stack(), company.employee());
    String sid =
        keycloak.admin("GET", "/users/" + testAccount.id() + "/sessions", "").at("/0/id").asText();
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(keycloak.realm().toString());
    claims.setAudience("hikae-portal");
    claims.setIssuedAtToNow();
    claims.setGeneratedJwtId();
    claims.setStringClaim("sid", sid);
    claims.setClaim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", "{}"));
    JsonWebSignature forged = new JsonWebSignature();
    forged.setPayload(claims.toJson());
    forged.setKey(RsaJwkGenerator.generateJwk(2048).getPrivateKey());
    forged.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    forged.setKeyIdHeaderValue("x");
    assertThat(sid).isNotEmpty();
    assertThat(said(forged.getCompactSerialization())).isEqualTo(400);
    assertThat(said("x".repeat(10_000))).isEqualTo(400);
    assertThat(browser.ask("/privacy").statusCode()).isEqualTo(200);

    keycloak.admin("POST", "/users/" + testAccount.id() + "/logout", "");
    assertThat(browser.ask("/privacy").statusCode()).isEqualTo(302);
    assertThat(other.ask("/privacy").statusCode()).isEqualTo(200);
  }

  private static int said(String token) throws Exception {
    return PageClient.anonymous(company.stack())
        .ask("/sign-out/keycloak", post(form("logout_token=" + token)))
        .statusCode();
  }

  private static HttpResponse<String> ask(PageClient visitor, String path) throws Exception {
    return visitor.ask(path, WITHOUT_SIGN_IN.get(path));
  }

  private static BodyPublisher form(String body) {
    return BodyPublishers.ofString(body);
  }

  private static UnaryOperator<HttpRequest.Builder> post(BodyPublisher body) {
    return ask -> ask.POST(body).header("Content-Type", FORM);
  }
}

package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.hikae.hk1.TextCodec;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.RefusalAssert;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens that must not count (HK1-R-01). Time budget: 30 seconds beside the system's start. */
class TokensIT {

  private static final String PATH = "/v1/enrollment";
  private static final Duration EXPIRY_LIMIT = Duration.ofSeconds(40);

  private static TestCompany company;
  private static TestAccount testAccount;
  private static String token;

  @BeforeAll
  static void good_token() throws IOException, InterruptedException {
    company = TestCompany.on(StackDatabase.Kind.H2);
    testAccount = company.employee();
    token = company.signIn().agentToken(testAccount);
    assertThat(company.anonymous().bearer(token).get(PATH).status()).isEqualTo(200);
  }

  @Test
  void no_token_is_refused_and_told_how() {
    var reply = company.anonymous().get(PATH);
    RefusalAssert.assertRefused(reply, ProblemCode.UNAUTHENTICATED);
    assertThat(reply.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
  }

  @Test
  void text_that_is_no_token_is_refused() {
    for (String bad : new String[] {"x", "a.b.c", token + "A", token.substring(1), "..", "null"}) {
      assertRefused(bad);
    }
  }

  @Test
  void a_token_of_another_realm_is_refused() throws IOException, InterruptedException {
    assertRefused(company.stack().keycloak().tokenOfAnotherRealm());
  }

  @Test
  void a_token_for_another_audience_is_refused() throws IOException, InterruptedException {
    assertRefused(company.signIn().tokenForAnotherAudience());
  }

  @Test
  void a_changed_token_is_refused() {
    String[] parts = token.split("\\.", -1);
    byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
    String other =
        new String(claims, StandardCharsets.UTF_8).replace("\"employee\"", "\"backup-admin\"");
    assertThat(other).contains("backup-admin");
    String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(other));
    assertRefused(parts[0] + "." + forged + "." + parts[2]);
  }

  @Test
  void a_token_without_signature_is_refused() {
    String[] parts = token.split("\\.", -1);
    String none =
        Base64.getUrlEncoder().withoutPadding().encodeToString(utf8("{\"alg\":\"none\"}"));
    assertRefused(none + "." + parts[1] + ".");
    assertRefused(none + "." + parts[1] + "." + parts[2]);
  }

  @Test
  void an_expired_token_is_refused() throws IOException, InterruptedException {
    // Of a program of its own, whose tokens live a second: nobody else gets such.
    String client = RealmNames.AUTOMATION_PREFIX + "brief-" + TextCodec.hex(ApiDevice.random(4));
    String secret = TextCodec.hex(ApiDevice.random(16));
    company.people().program(client, secret, RealmNames.HELPDESK);
    letTokensLive("1", client);
    String path = "/v1/admin/employees?limit=1";
    ApiClient brief = company.anonymous().bearer(company.signIn().programToken(client, secret));
    long deadline = System.nanoTime() + EXPIRY_LIMIT.toNanos();
    while (brief.get(path).status() == 200) {
      assertThat(System.nanoTime()).as("the token never expired").isLessThan(deadline);
      Thread.sleep(250);
    }
    RefusalAssert.assertRefused(brief.get(path), ProblemCode.UNAUTHENTICATED);
    letTokensLive("", client);
    ApiClient longer = company.anonymous().bearer(company.signIn().programToken(client, secret));
    assertThat(longer.get(path).status()).as("it was the age alone").isEqualTo(200);
  }

  private static void letTokensLive(String seconds, String clientId)
      throws IOException, InterruptedException {
    var keycloak = company.stack().keycloak();
    JsonNode client = keycloak.admin("GET", "/clients?clientId=" + clientId, Map.of()).get(0);
    ((ObjectNode) client).withObject("/attributes").put("access.token.lifespan", seconds);
    keycloak.admin("PUT", "/clients/" + client.get("id").asText(), client);
  }

  private static void assertRefused(String bad) {
    RefusalAssert.assertRefused(
        company.anonymous().bearer(bad).get(PATH), ProblemCode.UNAUTHENTICATED);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

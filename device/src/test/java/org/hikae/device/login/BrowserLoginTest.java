package org.hikae.device.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hikae.device.AgentException;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HK1-E-02: the code flow, its proof key and its scope. */
class BrowserLoginTest {

  private final List<String> forms = new CopyOnWriteArrayList<>();
  private final HttpClient browser = HttpClient.newHttpClient();
  private FakeHttpServer keycloak;
  private HttpTransport transport;
  private BrowserLogin login;

  @BeforeEach
  void start() throws Exception {
    keycloak = new FakeHttpServer(this::token);
    transport =
        new HttpTransport(
            TrustedAuthorities.context(null),
            RetryPolicy.STANDARD,
            duration -> {},
            new SplittableRandom(1));
    URI base = keycloak.uri();
    OidcEndpoints endpoints =
        new OidcEndpoints(
            base.toString(), base.resolve("/auth"), base, base.resolve("/t"), base, false);
    login =
        new BrowserLogin(
            new OidcClient(transport),
            endpoints,
            "hikae-agent",
            Clock.systemUTC(),
            new SecureRandom());
  }

  @AfterEach
  void stop() {
    transport.close();
    keycloak.close();
  }

  @Test
  void a_code_with_the_right_state_signs_in_with_the_verifier_of_the_challenge() throws Exception {
    Map<String, String> sent = new HashMap<>();
    TokenSet tokens =
        login.signIn(
            "You may close this page.",
            address -> {
              sent.putAll(query(address));
              assertThat(get(back(sent, sent.get("state"))).body()).contains("close this page");
            });

    assertThat(tokens.subject()).isEqualTo("ann");
    assertThat(sent)
        .containsEntry("prompt", "login")
        .containsEntry("scope", "openid offline_access")
        .containsEntry("code_challenge_method", "S256");
    assertThat(sent.get("redirect_uri")).startsWith("http://127.0.0.1:");
    Map<String, String> form = fields(forms.getFirst());
    byte[] verifier = form.get("code_verifier").getBytes(StandardCharsets.US_ASCII);
    assertThat(TextCodec.base64(Hash256.sha256(verifier).toBytes()))
        .isEqualTo(sent.get("code_challenge"));
    assertThat(form).containsEntry("code", "the-code");
  }

  @Test
  void a_code_with_another_state_is_not_found_and_changes_nothing() throws Exception {
    login.signIn(
        "done",
        address -> {
          Map<String, String> sent = query(address);
          for (String state : List.of("", "x", sent.get("state") + "x")) {
            assertThat(get(back(sent, state)).statusCode()).isEqualTo(404);
          }
          URI elsewhere = URI.create(sent.get("redirect_uri")).resolve("/other");
          assertThat(get(elsewhere).statusCode()).isEqualTo(404);
          get(back(sent, sent.get("state")));
        });

    assertThat(forms).hasSize(1);
  }

  @Test
  void a_refusal_at_the_sign_on_is_told() {
    assertThatThrownBy(
            () ->
                login.signIn(
                    "done",
                    address -> {
                      Map<String, String> sent = query(address);
                      String answer = "?error=access_denied&state=" + sent.get("state");
                      get(URI.create(sent.get("redirect_uri") + answer));
                    }))
        .isInstanceOf(AgentException.class)
        .hasMessage("login.denied");
    assertThat(forms).isEmpty();
  }

  private static URI back(Map<String, String> sent, String state) {
    return URI.create(sent.get("redirect_uri") + "?code=the-code&state=" + state);
  }

  private HttpResponse<String> get(URI uri) {
    try {
      return browser.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String claims = "{\"sub\":\"ann\",\"iss\":\"i\",\"auth_time\":1}";
    String payload =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    FakeHttpServer.send(
        exchange,
        200,
        "application/json",
        "{\"access_token\":\"e30."
            + payload
            + ".c2ln\",\"refresh_token\":\"r\",\"expires_in\":300}");
  }

  private static Map<String, String> query(URI uri) {
    return fields(uri.getRawQuery());
  }

  private static Map<String, String> fields(String encoded) {
    Map<String, String> fields = new HashMap<>();
    for (String field : encoded.split("&", -1)) {
      String[] pair = field.split("=", 2);
      fields.put(pair[0], java.net.URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return fields;
  }
}

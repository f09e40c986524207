package org.hikae.device.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.SplittableRandom;
import org.hikae.device.AgentException;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.TrustedAuthorities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * HK1-E-01: where people sign in is the realm's word, and only that of the realm that was asked.
 */
class OidcEndpointsTest {

  private FakeHttpServer keycloak;
  private HttpTransport transport;
  private String issuer;

  @BeforeEach
  void start() throws Exception {
    keycloak = new FakeHttpServer(exchange -> FakeHttpServer.send(exchange, 404, "text/plain", ""));
    issuer = keycloak.uri() + "/realms/hikae";
    transport =
        new HttpTransport(
            TrustedAuthorities.context(null),
            RetryPolicy.STANDARD,
            duration -> {},
            new SplittableRandom(1));
  }

  @AfterEach
  void stop() {
    transport.close();
    keycloak.close();
  }

  private OidcEndpoints discover(String named, String token) throws AgentException {
    String elsewhere = "\":\"https://sso.example.com/x\",\"";
    String document =
        "{\"issuer\":\""
            + named
            + "\",\"authorization_endpoint"
            + elsewhere
            + "device_authorization_endpoint"
            + elsewhere
            + "revocation_endpoint"
            + elsewhere
            + "token_endpoint\":\""
            + token
            + "\",\"more\":1}";
    keycloak.answer(exchange -> FakeHttpServer.send(exchange, 200, "application/json", document));
    return OidcEndpoints.discover(new OidcClient(transport), issuer);
  }

  @Test
  void the_document_of_the_realm_that_was_asked_is_taken() throws Exception {
    OidcEndpoints found = discover(issuer, "https://sso.example.com/token");

    assertThat(found.token()).isEqualTo(URI.create("https://sso.example.com/token"));
    assertThat(keycloak.requests())
        .containsExactly("GET /realms/hikae/.well-known/openid-configuration");
  }

  @Test
  void another_issuer_and_an_address_without_tls_are_refused() {
    for (String named : new String[] {issuer + "/", issuer + "x", "https://sso.example.com"}) {
      assertThatThrownBy(() -> discover(named, "https://sso.example.com/token"))
          .as(named)
          .isInstanceOf(AgentException.class)
          .hasMessage("login.wrong-issuer");
    }
    assertThatThrownBy(() -> discover(issuer, "http://sso.example.com/token"))
        .isInstanceOf(AgentException.class)
        .hasMessage("address.not-https");
  }
}

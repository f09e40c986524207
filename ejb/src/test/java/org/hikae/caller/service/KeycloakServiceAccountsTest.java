package org.hikae.caller.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.hikae.caller.service.KeycloakServiceAccounts.Program;
import org.hikae.runtime.service.KeycloakAdminClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads programs from a server that answers as Keycloak 26 does. */
class KeycloakServiceAccountsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SEARCH =
      "/admin/realms/hikae/users?briefRepresentation=true&exact=false&first=0&max=5"
          + "&username=service-account-hikae-automation-";

  private final Map<String, String> answers = new HashMap<>();
  private HttpServer server;
  private KeycloakServiceAccounts serviceAccounts;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    URI realm = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/realms/hikae");
    serviceAccounts =
        new KeycloakServiceAccounts(
            new KeycloakAdminClient(realm, "hikae-directory", "not-a-real-secret"),
            Clock.fixed(NOW, ZoneOffset.UTC));
    answers.put("/realms/hikae/protocol/openid-connect/token", "{\"access_token\":\"t0ken\"}");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    byte[] body = answers.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 403, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void programs_are_the_accounts_whose_name_begins_so() throws IOException {
    answers.put(
        SEARCH,
        """
        [{"id":"a-1","username":"service-account-hikae-automation-a"},
         {"id":"b-1","username":"not-service-account-hikae-automation-b"}]
        """);
    assertThat(serviceAccounts.programs(5))
        .containsExactly(new Program("hikae-automation-a", "a-1"));
  }

  @Test
  void only_roles_that_mean_something_here_are_told() throws IOException {
    answers.put(
        "/admin/realms/hikae/users/a-1/role-mappings/realm/composite",
        """
        [{"name":"helpdesk"},{"name":"default-roles-hikae"},{"name":"employee"}]
        """);
    Program program = new Program("hikae-automation-a", "a-1");
    assertThat(serviceAccounts.roles(program, serviceAccounts.deadline()))
        .containsExactly("employee", "helpdesk");
    assertThatThrownBy(() -> serviceAccounts.roles(program, NOW.minusSeconds(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too long");
    Program strange = new Program("hikae-automation-a", "../realms");
    assertThatThrownBy(() -> serviceAccounts.roles(strange, serviceAccounts.deadline()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_refusal_of_keycloak_is_told_without_what_was_sent() {
    assertThatThrownBy(() -> serviceAccounts.programs(5))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("403")
        .hasMessageNotContaining("t0ken");
  }
}

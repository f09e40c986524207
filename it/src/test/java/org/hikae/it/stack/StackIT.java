package org.hikae.it.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * The system starts on both databases, as shipped, and its doors are where they should be. Time
 * budget: 10 seconds for both databases beside the systems' start.
 */
class StackIT {

  @ParameterizedTest
  @EachDatabase
  void the_api_wants_a_token(Database.Kind kind) throws Exception {
    Stack stack = Stack.on(kind);
    HttpResponse<String> answer =
        stack
            .httpClient()
            .send(
                HttpRequest.newBuilder(stack.portalUrl().resolve("/api/v1/nothing")).build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
  }

  @ParameterizedTest
  @EachDatabase
  void the_portal_is_trusted_through_the_local_authority_only(Database.Kind kind) {
    Stack stack = Stack.on(kind);
    HttpRequest request = HttpRequest.newBuilder(stack.portalUrl()).build();
    assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @ParameterizedTest
  @EachDatabase
  void the_applications_login_owns_nothing(Database.Kind kind) throws Exception {
    try (Connection connection = Stack.on(kind).db().asApplication();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("create table planted (id integer)"))
          .isInstanceOf(java.sql.SQLException.class);
    }
  }

  @ParameterizedTest
  @EachDatabase
  void the_realm_has_the_demo_people(Database.Kind kind) throws Exception {
    assertThat(Stack.on(kind).keycloak().admin("GET", "/users", Map.of())).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @EachDatabase
  void the_vault_has_a_root_to_pin(Database.Kind kind) throws Exception {
    assertThat(Stack.on(kind).vault().rootFingerprint()).matches("[0-9a-f]{64}");
  }
}

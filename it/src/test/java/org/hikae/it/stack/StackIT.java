package org.hikae.it.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * The system starts on both databases, as shipped, and its ports are where they should be. Time
 * budget: 10 seconds for both databases beside the systems' start.
 */
class StackIT {

  @Test
  void the_api_wants_a_token() throws Exception {
    Stack stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    HttpResponse<String> answer =
        stack
            .httpClient()
            .send(
                HttpRequest.newBuilder(stack.portalUrl().resolve("/api/v1/nothing")).build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
  }

  @Test
  void the_portal_is_trusted_through_the_local_authority_only() {
    Stack stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    HttpRequest request = HttpRequest.newBuilder(stack.portalUrl()).build();
    assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @ParameterizedTest
  @EachDatabase
  void the_applications_login_owns_nothing(StackDatabase.Kind kind) throws Exception {
    try (Connection connection = Stack.on(kind).db().asApplication();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("create table planted (id integer)"))
          .isInstanceOf(java.sql.SQLException.class);
    }
  }
}

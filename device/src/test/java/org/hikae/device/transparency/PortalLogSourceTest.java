package org.hikae.device.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.device.portal.PortalHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a device goes along with a portal that does not give its log. */
class PortalLogSourceTest {

  private final List<Duration> pauses = new ArrayList<>();
  private FakeHttpServer server;
  private HttpTransport transport;
  private PortalLogSource source;
  private long nanos;

  @BeforeEach
  void start() throws Exception {
    server = new FakeHttpServer(exchange -> FakeHttpServer.send(exchange, 200, "a/b", "ok"));
    transport =
        new HttpTransport(
            TrustedAuthorities.context(null),
            RetryPolicy.STANDARD,
            pauses::add,
            new SplittableRandom(1));
    source = new PortalLogSource(new PortalHttpClient(transport, server.uri(), "en"), () -> nanos);
  }

  @AfterEach
  void stop() {
    transport.close();
    server.close();
  }

  private IOException refused() {
    return catchThrowableOfType(IOException.class, () -> source.get("checkpoint"));
  }

  @Test
  void all_files_of_a_look_come_within_two_minutes_together() throws Exception {
    assertThat(source.get("checkpoint")).isNotEmpty();
    nanos += PortalLogSource.LONGEST_LOOK.minusSeconds(20).toNanos();
    assertThat(source.get("tile/entries/000")).isNotEmpty();
    nanos += Duration.ofSeconds(20).toNanos();
    assertThatThrownBy(() -> source.get("tile/entries/001"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("2 minutes");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void nothing_is_asked_for_again_however_long_a_server_wants_to_be_waited_for() {
    server.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "600");
          FakeHttpServer.problem(exchange, 503, "unavailable");
        });
    assertThat(PortalLogSource.isNotFound(refused())).isFalse();
    assertThat(server.requests()).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void only_the_portal_itself_says_that_it_has_no_log() {
    server.answer(exchange -> FakeHttpServer.problem(exchange, 404, "not-found"));
    assertThat(PortalLogSource.isNotFound(refused())).isTrue();
    server.answer(exchange -> FakeHttpServer.send(exchange, 404, "text/html", "none"));
    assertThat(PortalLogSource.isNotFound(refused())).as("of a proxy").isFalse();
    server.answer(exchange -> FakeHttpServer.problem(exchange, 403, "forbidden"));
    assertThat(PortalLogSource.isNotFound(refused())).isFalse();
  }
}

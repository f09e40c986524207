package org.hikae.device.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.hikae.device.AgentJson;
import org.hikae.device.diagnostics.PortalReachProbe.PortalReading;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.PortalReach;
import org.hikae.enrollment.wire.About;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far one gets on the way to the portal. Budget: 3 seconds. */
@Timeout(60)
class PortalReachProbeTest {

  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  private static PortalReading look(URI server, Duration limit) throws Exception {
    try (HttpTransport transport =
        new HttpTransport(
            TrustedAuthorities.context(null),
            RetryPolicy.ONCE,
            duration -> {},
            new SecureRandom())) {
      Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
      return new PortalReachProbe(transport, server, clock, limit).look();
    }
  }

  private static PortalReading look(URI server) throws Exception {
    return look(server, Duration.ofSeconds(30));
  }

  private static PortalReading answered(FakeHttpServer.ResponseHandler handler) throws Exception {
    try (FakeHttpServer server = new FakeHttpServer(handler)) {
      return look(server.uri());
    }
  }

  private static About portal(String product) {
    return new About(product, "1", 1, "https://sso.example.com", "agent", "https://p.example.com");
  }

  private static void about(HttpExchange exchange, String product) throws IOException {
    FakeHttpServer.send(
        exchange, 200, "application/json", AgentJson.mapper().writeValueAsString(portal(product)));
  }

  /** What an answer says after its status; of a date a {@link FakeHttpServer} says its own. */
  private static String dated(String date) throws Exception {
    String body = AgentJson.mapper().writeValueAsString(portal("hikae"));
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nDate: "
        + date
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @ParameterizedTest
  @CsvSource({
    "'Wed, 04 Mar 2026 05:06:07 GMT', 0",
    "'Wed, 04 Mar 2026 05:05:07 GMT', 60",
    "'Wed, 04 Mar 2026 07:06:07 GMT', -7200",
    "'Mon, 04 Mar 2026 07:06:07 GMT',",
    "yesterday,",
  })
  void a_portal_says_what_time_it_is(String date, @Nullable Long offset) throws Exception {
    assertThat(saying("http", dated(date))).isEqualTo(new PortalReading(PortalReach.OK, offset));
  }

  @Test
  void a_time_that_is_far_off_is_cut() throws Exception {
    assertThat(saying("http", dated("Thu, 04 Mar 9999 07:06:07 GMT")).clockOffsetSeconds())
        .isEqualTo(-Diagnostics.MAX_CLOCK_OFFSET_SECONDS);
  }

  @Test
  void whatever_else_answers_is_something_else() throws Exception {
    assertThat(answered(exchange -> about(exchange, "another")).reach())
        .isEqualTo(PortalReach.OTHER);
    assertThat(answered(exchange -> FakeHttpServer.problem(exchange, 503, "busy")).reach())
        .isEqualTo(PortalReach.OTHER);
    assertThat(
            answered(
                    exchange ->
                        FakeHttpServer.send(exchange, 200, "text/html", "<html>Sign in</html>"))
                .reach())
        .isEqualTo(PortalReach.OTHER);
    assertThat(
            answered(
                    exchange ->
                        FakeHttpServer.send(exchange, 200, "application/json", "x".repeat(70_000)))
                .reach())
        .as("more than is read")
        .isEqualTo(PortalReach.OTHER);
  }

  @Test
  void nobody_listens() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    assertThat(look(URI.create("http://127.0.0.1:" + port)))
        .isEqualTo(new PortalReading(PortalReach.REFUSED, null));
  }

  /** A label of more than 63 characters is in no name; nobody has to be asked. */
  @Test
  void there_is_no_such_name() throws Exception {
    assertThat(look(URI.create("http://" + "a".repeat(64) + ".invalid")).reach())
        .isEqualTo(PortalReach.NO_NAME);
  }

  @Test
  void nothing_is_answered_in_time() throws Exception {
    try (FakeHttpServer silent =
        new FakeHttpServer(
            exchange -> {
              throw new FakeHttpServer.SilenceException();
            })) {
      assertThat(look(silent.uri(), Duration.ofMillis(300)))
          .isEqualTo(new PortalReading(PortalReach.TIMEOUT, null));
    }
  }

  @Test
  void what_answers_has_no_certificate() throws Exception {
    assertThat(saying("https", "HTTP/1.1 400 Bad Request\r\n\r\n").reach())
        .isEqualTo(PortalReach.CERTIFICATE);
  }

  /** What is found where this is said to whoever connects, before they say anything. */
  private static PortalReading saying(String scheme, String answer) throws Exception {
    ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread server = Thread.ofPlatform().daemon().start(() -> say(listening, answer));
    try {
      return look(URI.create(scheme + "://127.0.0.1:" + listening.getLocalPort()));
    } finally {
      listening.close();
      server.join();
    }
  }

  private static void say(ServerSocket listening, String answer) {
    while (!listening.isClosed()) {
      try (Socket client = listening.accept()) {
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        var _ = client.getInputStream().readAllBytes();
      } catch (IOException e) {
        // Who connected has gone, or the test has ended.
      }
    }
  }
}

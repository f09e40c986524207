package org.hikae.notice.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.OutgoingMessage;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.runtime.control.WebhookAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a webhook's receiver may do wrong, and that no redirect is followed. */
class WebhookClientTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final OutgoingMessage MESSAGE =
      new OutgoingMessage(
          "id",
          new DeliveryDestination(NoticeChannel.WEBHOOK, "webhook", "en"),
          ZoneOffset.UTC,
          List.of(
              new OutgoingMessage.Content(
                  0, NoticeKind.CHANNEL_TEST, Instant.EPOCH, null, null, Map.of())),
          0);

  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private volatile int answer = 204;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private WebhookAddress address(int port) {
    return new WebhookAddress(URI.create("http://127.0.0.1:" + port + "/"), "s".repeat(32));
  }

  private DeliveryException failure(int port, Duration wait) {
    WebhookClient client = new WebhookClient(LONG, wait);
    return catchThrowableOfType(
        DeliveryException.class, () -> client.send(address(port), MESSAGE, Instant.EPOCH));
  }

  private int port() {
    return server.getAddress().getPort();
  }

  @Test
  void a_request_is_taken() throws Exception {
    new WebhookClient(LONG, LONG).send(address(port()), MESSAGE, Instant.EPOCH);
    assertThat(requests).hasValue(1);
  }

  @Test
  void a_redirect_is_not_followed() {
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      answer = status;
      DeliveryException elsewhere = failure(port(), LONG);
      assertThat(elsewhere.trouble()).isEqualTo(DeliveryFailure.REDIRECTED);
      assertThat(elsewhere.answer()).isEqualTo("HTTP " + status);
    }
    assertThat(requests).as("none at the other address").hasValue(5);
  }

  @Test
  void a_refusal_is_told_with_its_status() {
    answer = 403;
    DeliveryException refused = failure(port(), LONG);
    assertThat(refused.trouble()).isEqualTo(DeliveryFailure.REFUSED);
    assertThat(refused.answer()).isEqualTo("HTTP 403");
    assertThat(refused.getMessage()).as("for the log").isEqualTo("REFUSED");
  }

  @Test
  void silence_and_absence_are_told_apart() throws Exception {
    int closed;
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = silent.getLocalPort();
      assertThat(failure(closed, Duration.ofMillis(300)).trouble())
          .isEqualTo(DeliveryFailure.SILENT);
    }
    assertThat(failure(closed, LONG).trouble()).isEqualTo(DeliveryFailure.UNREACHABLE);
  }
}

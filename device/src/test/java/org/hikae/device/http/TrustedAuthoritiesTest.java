package org.hikae.device.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.SelfSignedKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate names 127.0.0.1 only. */
@Timeout(300)
@EveryThirdRun
class TrustedAuthoritiesTest {

  @TempDir private static Path folder;
  private static HttpsServer server;
  private static String pem;

  @BeforeAll
  static void start() throws Exception {
    SelfSignedKey own =
        SelfSignedKey.make(
            folder.resolve("server.p12"), "of a test", "server", "-ext", "san=ip:127.0.0.1");
    pem = own.pem();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(own.context()));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void carries_large_bodies_both_ways() throws Exception {
    byte[] body = new byte[9_000_001];
    new SplittableRandom(7).nextBytes(body);

    HttpReply httpReply = send("127.0.0.1", pem, body);

    assertThat(httpReply.body()).isEqualTo(body);
  }

  @Test
  void refuses_a_certificate_that_nobody_vouches_for() {
    assertThatThrownBy(() -> send("127.0.0.1", null, new byte[1]))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("network.tls");
  }

  @Test
  void refuses_a_certificate_of_another_name() {
    assertThatThrownBy(() -> send("localhost", pem, new byte[1]))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("network.tls");
  }

  @Test
  void refuses_a_server_without_tls() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpTransport wire = wire(pem)) {
      Thread speaking = Thread.ofVirtual().start(() -> sayNo(plain));
      URI uri = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/");

      assertThatThrownBy(() -> wire.send(HttpCall.of("GET", uri)))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("network.tls");
      speaking.join();
    }
  }

  private static void sayNo(ServerSocket plain) {
    try (Socket connection = plain.accept()) {
      connection
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      connection.shutdownOutput();
      connection.getInputStream().readAllBytes();
    } catch (IOException e) {
      // The caller hangs up as soon as it sees that this is not TLS.
    }
  }

  private static HttpReply send(String host, @Nullable String authorities, byte[] body)
      throws Exception {
    URI uri = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
    try (HttpTransport wire = wire(authorities)) {
      return wire.send(
          HttpCall.of("POST", uri)
              .withBody("application/octet-stream", body)
              .withMaxAnswerBytes(body.length));
    }
  }

  private static HttpTransport wire(@Nullable String authorities) throws Exception {
    return new HttpTransport(
        TrustedAuthorities.context(authorities),
        RetryPolicy.STANDARD,
        pause -> {},
        new SplittableRandom(1));
  }
}

package org.hikae.device.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.SelfSignedKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate names 127.0.0.1 only. */
@Timeout(300)
@EveryThirdRun
class TrustedAuthoritiesTest {

  @TempDir private static Path folder;
  private static ExecutorService threads;
  private static HttpsServer server;
  private static volatile Consumer<SSLParameters> restriction;
  private static String pem;

  @BeforeAll
  static void start() throws Exception {
    SelfSignedKey own =
        SelfSignedKey.make(
            folder.resolve("server.p12"), "of a test", "server", "-ext", "san=ip:127.0.0.1");
    pem = own.pem();
    threads = Executors.newCachedThreadPool();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(own.context()) {
          @Override
          public void configure(HttpsParameters taken) {
            SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
            restriction.accept(parameters);
            taken.setSSLParameters(parameters);
          }
        });
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

  @BeforeEach
  void take_what_java_takes() {
    restriction = parameters -> {};
  }

  @AfterAll
  static void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void carries_large_bodies_both_ways() throws Exception {
    byte[] body = new byte[9_000_001];
    new SplittableRandom(7).nextBytes(body);

    HttpReply httpReply = send("127.0.0.1", pem, body);

    assertThat(httpReply.body()).isEqualTo(body);
  }

  @Test
  void getting_ready_trusts_nobody_and_refuses_nobody() throws Exception {
    TrustedAuthorities.warmUp(pem);
    TrustedAuthorities.warmUp(null);
    TrustedAuthorities.warmUp("no certificate");

    assertThatThrownBy(() -> send("127.0.0.1", null, new byte[1]))
        .isInstanceOf(UnreachableException.class);
    assertThat(send("127.0.0.1", pem, new byte[] {1}).body()).containsExactly(1);
  }

  /** P-256 as well is offered to a server that does not take X25519. */
  @Test
  void connects_to_a_server_without_x25519() throws Exception {
    restriction = parameters -> parameters.setNamedGroups(new String[] {"secp256r1"});

    assertThat(send("127.0.0.1", pem, new byte[] {1}).body()).containsExactly(1);
  }

  @Test
  void connects_to_a_server_of_tls_1_2() throws Exception {
    restriction = parameters -> parameters.setProtocols(new String[] {"TLSv1.2"});

    assertThat(send("127.0.0.1", pem, new byte[] {1}).body()).containsExactly(1);
  }

  /** Its keys cost the most of a start; see {@link HttpConnection}. */
  @Test
  void offers_x25519_alone_first() throws Exception {
    // Extension 10, supported groups: a list of one, x25519.
    byte[] alone = {0, 10, 0, 4, 0, 2, 0, 0x1d};
    try (ServerSocket ending = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
        HttpConnection connection = new HttpConnection(BandwidthLimits.UNLIMITED)) {
      Future<List<String>> offers = threads.submit(() -> List.of(offer(ending), offer(ending)));
      URI uri = URI.create("https://127.0.0.1:" + ending.getLocalPort() + "/");

      assertThatThrownBy(() -> connection.open(uri, TrustedAuthorities.context(pem)))
          .isInstanceOf(IOException.class);

      String wanted = HexFormat.of().formatHex(alone);
      assertThat(offers.get().getFirst()).contains(wanted);
      assertThat(offers.get().getLast()).doesNotContain(wanted);
    }
  }

  /** The first record that somebody sends, who is answered by the end of the connection. */
  private static String offer(ServerSocket at) throws IOException {
    try (Socket connection = at.accept()) {
      DataInputStream in = new DataInputStream(connection.getInputStream());
      in.readNBytes(3);
      return HexFormat.of().formatHex(in.readNBytes(in.readUnsignedShort()));
    }
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

  /** To both offers. */
  private static void sayNo(ServerSocket plain) {
    for (int i = 0; i < 2; i++) {
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

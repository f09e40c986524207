package org.hikae.admin.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers have limits of size and time, whatever the other side does. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class HttpWebClientTest {

  private static final int MAX_BYTES = 1000;

  private final CountDownLatch done = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    answer("/fits", MAX_BYTES);
    answer("/large", MAX_BYTES + 1);
    server.createContext(
        "/never-ends",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          try {
            done.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
  }

  private void answer(String path, int bytes) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, bytes);
          exchange.getResponseBody().write(new byte[bytes]);
          exchange.close();
        });
  }

  @AfterEach
  void stop() {
    done.countDown();
    server.stop(0);
    threads.close();
  }

  private WebClient.WebReply get(String path, Duration longest) throws IOException {
    WebClient web =
        new HttpWebClient(TrustedCertificates.context(null), Clock.systemUTC(), MAX_BYTES, longest);
    URI uri =
        URI.create(
            "http://"
                + server.getAddress().getAddress().getHostAddress()
                + ":"
                + server.getAddress().getPort()
                + path);
    return web.get(uri, "");
  }

  @Test
  void a_body_that_fits_is_read_and_a_larger_one_is_not() throws Exception {
    Duration longest = Duration.ofMinutes(1);
    assertThat(get("/fits", longest).body()).hasSize(MAX_BYTES);
    assertThat(get("/fits", longest).ahead()).as("with its time").isNotNull();
    assertThatThrownBy(() -> get("/large", longest)).isInstanceOf(IOException.class);
  }

  @Test
  void a_body_that_never_ends_is_not_waited_for() {
    assertThatThrownBy(() -> get("/never-ends", Duration.ofMillis(200)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than 200 ms");
  }
}

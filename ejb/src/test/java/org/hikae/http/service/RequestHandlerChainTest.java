package org.hikae.http.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.SelfSignedKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.Options;

/**
 * HK1-R-10: no thread is kept by who stalls, at a server with small buffers and short waits, over
 * TLS as without: there the container waits in another way.
 */
@Timeout(120)
@ParameterizedClass
@ValueSource(booleans = {false, true})
@EveryThirdRun
class RequestHandlerChainTest {

  private static final Duration GRACE = Duration.ofMillis(200);

  /** Of a client that reads, however long a busy machine keeps it from doing so. */
  private static final Duration LONG_GRACE = Duration.ofMinutes(1);

  private static final String WITH_LONG_GRACE = "/patient";

  private static final int BUFFER = 4096;

  private static final int TIMEOUT_MILLIS = 600_000;

  /** Far more than what the system keeps on its way between two sockets with small buffers. */
  private static final int LARGE = 8 << 20;

  /** That many, because what is left when a thread wakes up differs by parts of a millisecond. */
  private static final int BODIES = 24;

  /** One for each request that came: how the thread that served it ended. */
  private final BlockingQueue<CompletableFuture<Void>> served = new LinkedBlockingQueue<>();

  private static SSLContext context;

  @Parameter boolean tls;

  private Undertow server;

  @BeforeAll
  static void certificate(@TempDir Path folder) throws Exception {
    context =
        SelfSignedKey.make(folder.resolve("server.p12"), "only-for-this-test", "localhost")
            .context();
  }

  @BeforeEach
  void start() {
    Undertow.Builder builder = Undertow.builder();
    server =
        (tls
                ? builder.addHttpsListener(0, "127.0.0.1", context)
                : builder.addHttpListener(0, "127.0.0.1"))
            .setWorkerThreads(BODIES)
            .setSocketOption(Options.SEND_BUFFER, BUFFER)
            // As the server that ships has them; with them a wait for no time is one for ever.
            .setSocketOption(Options.READ_TIMEOUT, TIMEOUT_MILLIS)
            .setSocketOption(Options.WRITE_TIMEOUT, TIMEOUT_MILLIS)
            .setHandler(
                new PathHandler(withGrace(GRACE))
                    .addExactPath(WITH_LONG_GRACE, withGrace(LONG_GRACE)))
            .build();
    server.start();
  }

  private HttpHandler withGrace(Duration grace) {
    return RequestHandlerChain.withMinimumRate(new BlockingHandler(this::serve), grace);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  /** Reads all that is sent, and then sends much. */
  private void serve(HttpServerExchange exchange) {
    CompletableFuture<Void> one = new CompletableFuture<>();
    served.add(one);
    try {
      exchange.getInputStream().transferTo(OutputStream.nullOutputStream());
      exchange.setResponseContentLength(LARGE);
      exchange.getOutputStream().write(new byte[LARGE]);
      exchange.getOutputStream().close();
      one.complete(null);
    } catch (IOException e) {
      one.completeExceptionally(e);
    }
  }

  private Socket asking(String head) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(BUFFER);
    socket.connect(server.getListenerInfo().getFirst().getAddress());
    if (tls) {
      socket =
          context
              .getSocketFactory()
              .createSocket(socket, "localhost", socket.getPort(), /* autoClose= */ true);
    }
    String lines = head + "\r\nHost: a\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(lines.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void an_answer_that_nobody_reads_is_broken_off() throws Exception {
    try (Socket socket = asking("GET / HTTP/1.1")) {
      CompletableFuture<Void> one = served.take();
      assertThatThrownBy(one::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IOException.class);
      assertThat(received(socket)).as("shorter than it says").isLessThan(LARGE);
    }
  }

  /** How many bytes come until the connection ends, well or badly. */
  private static int received(Socket socket) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (IOException e) {
      // It ends badly.
    }
    return all.size();
  }

  @Test
  void an_answer_that_is_read_comes_whole() throws Exception {
    try (Socket socket = asking("GET " + WITH_LONG_GRACE + " HTTP/1.1")) {
      assertThat(received(socket)).isGreaterThan(LARGE);
      served.take().get();
    }
  }

  @Test
  void bodies_that_stall_are_given_up_all_of_them() throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < BODIES; i++) {
        open.add(asking("POST / HTTP/1.1\r\nContent-Length: 1000000"));
      }
      for (int i = 0; i < BODIES; i++) {
        CompletableFuture<Void> one = served.take();
        assertThatThrownBy(one::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(IOException.class);
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}

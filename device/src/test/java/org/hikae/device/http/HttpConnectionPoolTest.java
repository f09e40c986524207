package org.hikae.device.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are kept, that go away, and that do not move. */
@Timeout(60)
class HttpConnectionPoolTest {

  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger accepted = new AtomicInteger();
  private ServerSocket listener;
  private HttpTransport wire;

  /** What a server does with one connection. */
  private interface ConnectionHandler {
    void serve(Socket connection) throws IOException;
  }

  @BeforeEach
  void listen() throws Exception {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    wire =
        new HttpTransport(
            TrustedAuthorities.context(null),
            new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1)),
            pause -> {
              throw new AssertionError("no pause is needed");
            },
            new SplittableRandom(1));
  }

  @AfterEach
  void close() throws Exception {
    wire.close();
    listener.close();
    threads.shutdownNow();
  }

  @Test
  void keeps_a_connection_for_the_next_call() throws Exception {
    serve(
        connection -> {
          while (readRequest(connection)) {
            connection.getOutputStream().write(OK);
          }
        });

    for (int i = 0; i < 5; i++) {
      assertThat(wire.send(get()).status()).isEqualTo(200);
    }

    assertThat(accepted).hasValue(1);
  }

  @Test
  void a_call_takes_the_connection_that_was_prepared_for_it() throws Exception {
    serve(
        connection -> {
          while (readRequest(connection)) {
            connection.getOutputStream().write(OK);
          }
        });

    wire.prepare(uri());
    assertThat(wire.send(get()).status()).isEqualTo(200);
    wire.prepare(uri());
    assertThat(wire.send(get()).status()).isEqualTo(200);

    assertThat(accepted).hasValue(1);
  }

  @Test
  void a_call_opens_another_when_the_prepared_one_is_gone() throws Exception {
    AtomicInteger ended = new AtomicInteger();
    serve(
        connection -> {
          if (ended.getAndIncrement() > 0 && readRequest(connection)) {
            connection.getOutputStream().write(OK);
          }
        });

    wire.prepare(uri());

    assertThat(wire.send(get()).status()).isEqualTo(200);
    assertThat(accepted).hasValue(2);
  }

  @Test
  void a_call_says_itself_that_there_is_no_connection() throws Exception {
    listener.close();

    wire.prepare(uri());

    assertThatThrownBy(() -> wire.send(get())).isInstanceOf(UnreachableException.class);
  }

  @Test
  void opens_another_when_the_kept_one_is_gone() throws Exception {
    serve(
        connection -> {
          readRequest(connection);
          connection.getOutputStream().write(OK);
        });

    for (int i = 0; i < 5; i++) {
      assertThat(wire.send(get().withBody("a/b", new byte[3])).status()).isEqualTo(200);
    }

    assertThat(accepted).hasValue(5);
  }

  @Test
  void says_network_when_a_new_connection_is_cut() {
    serve(connection -> readRequest(connection));

    assertThatThrownBy(() -> wire.send(get())).isInstanceOf(UnreachableException.class);
    assertThat(accepted).hasValue(1);
  }

  @Test
  void does_not_take_a_cut_answer_for_a_whole_one() {
    serve(
        connection -> {
          readRequest(connection);
          connection.getOutputStream().write(OK, 0, OK.length - 1);
        });

    assertThatThrownBy(() -> wire.send(get())).isInstanceOf(UnreachableException.class);
  }

  @Test
  void ends_an_exchange_whose_thread_is_interrupted() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    serve(
        connection -> {
          readRequest(connection);
          waiting.countDown();
          connection.getInputStream().read();
        });
    CompletableFuture<Thread> caller = new CompletableFuture<>();
    Future<HttpReply> httpReply =
        threads.submit(
            () -> {
              caller.complete(Thread.currentThread());
              return wire.send(get());
            });
    waiting.await();

    caller.get().interrupt();

    assertThatThrownBy(httpReply::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            AgentException.class, e -> assertThat(e.result()).isEqualTo(RunResult.CANCELLED));
  }

  @Test
  void ends_an_exchange_that_takes_too_long() throws Exception {
    serve(
        connection -> {
          readRequest(connection);
          connection.getInputStream().read();
        });
    try (ExchangeDeadlines deadlines = new ExchangeDeadlines();
        HttpConnection connection = new HttpConnection(BandwidthLimits.UNLIMITED)) {
      connection.open(uri(), TrustedAuthorities.context(null));
      try (ExchangeDeadlines.WatchedExchange _ =
          deadlines.watch(connection, Duration.ofMillis(1))) {
        assertThatThrownBy(() -> connection.exchange(get())).isInstanceOf(IOException.class);
      }
    }
  }

  /** HK1-R-11: by which it is known how long more may be waited for. */
  @Test
  void tells_how_much_of_a_body_has_come() throws Exception {
    serve(
        connection -> {
          readRequest(connection);
          connection.getOutputStream().write(OK);
        });
    try (HttpConnection connection = new HttpConnection(BandwidthLimits.UNLIMITED)) {
      connection.open(uri(), TrustedAuthorities.context(null));
      assertThat(connection.exchange(get()).body()).hasSize(2);
      assertThat(connection.received()).isEqualTo(2);
      connection.begins();
      assertThat(connection.received()).isZero();
    }
  }

  /** HK1-V-45: what fell silent is given up while there is still time to send it again. */
  @Test
  void sends_a_call_with_a_deadline_again_when_connections_fall_silent() throws Exception {
    AtomicInteger requests = silentFrom(2, 3);
    try (HttpTransport transport = standard(pause -> {})) {
      assertThat(transport.send(get()).status()).as("kept afterwards").isEqualTo(200);
      assertThat(transport.send(within(Duration.ofMinutes(1))).status()).isEqualTo(200);
    }
    assertThat(requests.get()).isGreaterThanOrEqualTo(4);
  }

  /** HK1-V-45: nor is a kept connection a reason to send it late. */
  @Test
  void sends_nothing_again_when_the_deadline_is_over() throws Exception {
    AtomicInteger requests = silentFrom(2, 100);
    try (HttpTransport transport = standard(pause -> {})) {
      assertThat(transport.send(get()).status()).isEqualTo(200);
      assertThatThrownBy(() -> transport.send(within(Duration.ZERO)))
          .isInstanceOf(UnreachableException.class);
    }
    assertThat(requests).hasValue(2);
  }

  private HttpCall within(Duration left) {
    return get().withDeadline(new CallDeadline(Duration.ofMillis(100), () -> left));
  }

  private static HttpTransport standard(Sleeper sleeper) throws AgentException {
    return new HttpTransport(
        TrustedAuthorities.context(null), RetryPolicy.STANDARD, sleeper, new SplittableRandom(1));
  }

  /** Counts requests, and answers those from the one to the other never. */
  private AtomicInteger silentFrom(int first, int last) {
    AtomicInteger requests = new AtomicInteger();
    serve(
        connection -> {
          while (readRequest(connection)) {
            int number = requests.incrementAndGet();
            if (number >= first && number <= last) {
              connection.getInputStream().read();
            } else {
              connection.getOutputStream().write(OK);
            }
          }
        });
    return requests;
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  private HttpCall get() {
    return HttpCall.of("GET", uri());
  }

  private void serve(ConnectionHandler connectionHandler) {
    threads.execute(
        () -> {
          try {
            while (true) {
              Socket connection = listener.accept();
              accepted.incrementAndGet();
              threads.execute(
                  () -> {
                    try (connection) {
                      connectionHandler.serve(connection);
                    } catch (IOException e) {
                      // The caller has gone, as it may.
                    }
                  });
            }
          } catch (IOException e) {
            // The test is over.
          }
        });
  }

  /** Reads a request whose body, if any, has three bytes. */
  private static boolean readRequest(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.append((char) next);
    }
    return head.indexOf("Content-Length: 3") < 0 || in.readNBytes(3).length == 3;
  }
}

package org.hikae.device.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever wishes the end of a window is answered before it, and cannot put it off. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class WindowLastAnswerTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);
  private volatile boolean answersAtOnce = true;
  private volatile boolean endedFirst = true;
  private WindowServer server;
  private WindowClient client;
  private Thread waiting;

  private void start(Duration lastAnswers) throws IOException {
    server =
        WindowServer.start(
            new EndingHandler(),
            Map.of(),
            new WindowLimits(4, 1000, LONG, LONG, LONG, LONG, lastAnswers),
            new SecureRandom(),
            System::nanoTime);
    client = new WindowClient(server.address());
    waiting = Thread.ofVirtual().start(this::awaitEnd);
  }

  private void awaitEnd() {
    try {
      server.awaitEnd();
      ended.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    left.countDown();
    server.close();
  }

  private final class EndingHandler implements WindowHandler {

    @Override
    public WindowAnswer answer(String operation, String language, byte[] body) {
      server.end();
      try {
        if (answersAtOnce) {
          // Long enough for the end, if that did not wait for this answer.
          endedFirst = ended.await(100, TimeUnit.MILLISECONDS);
        } else {
          left.await();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return WindowAnswer.json(200, "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void started() {
      // Nothing depends on it.
    }

    @Override
    public boolean busy() {
      return false;
    }
  }

  private void wishEnd(Socket socket, String connection) throws IOException {
    String link = server.link().substring(server.link().indexOf('#') + 1);
    String token = client.ask("", "en", "start", "\"" + link + "\"").body().replace("\"", "");
    Map<String, String> fields = client.fields(token);
    fields.put("Connection", connection);
    fields.put("Content-Length", "2");
    StringBuilder request = new StringBuilder("POST /api/end HTTP/1.1\r\n");
    fields.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    socket.getOutputStream().write((request + "\r\n{}").getBytes(StandardCharsets.UTF_8));
  }

  /** The limit is an hour, so that it ends in time only by being told. */
  @ParameterizedTest
  @ValueSource(strings = {"close", "keep-alive"})
  void the_end_waits_for_the_answer_and_no_longer(String connection) throws Exception {
    start(LONG);
    try (Socket socket = client.connect()) {
      wishEnd(socket, connection);
      assertThat(waiting.join(Duration.ofSeconds(50))).isTrue();
      assertThat(endedFirst).isFalse();
      String status = new String(socket.getInputStream().readNBytes(15), StandardCharsets.UTF_8);
      assertThat(status).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void an_answer_that_never_goes_holds_up_the_end_for_a_limited_time() throws Exception {
    answersAtOnce = false;
    start(Duration.ofMillis(50));
    try (Socket socket = client.connect()) {
      wishEnd(socket, "close");
      assertThat(waiting.join(Duration.ofSeconds(50))).isTrue();
    }
  }
}

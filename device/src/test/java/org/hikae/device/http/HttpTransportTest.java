package org.hikae.device.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HK1-R-11, HK1-E-17: what is sent again and what is final; no redirect is followed. */
class HttpTransportTest {

  private final List<Duration> pauses = new ArrayList<>();
  private FakeHttpServer server;
  private HttpTransport transport;

  @BeforeEach
  void start() throws Exception {
    server = new FakeHttpServer(exchange -> FakeHttpServer.send(exchange, 200, "text/plain", "ok"));
    transport =
        new HttpTransport(
            TrustedAuthorities.context(null),
            RetryPolicy.STANDARD,
            pauses::add,
            new SplittableRandom(1));
  }

  @AfterEach
  void stop() {
    transport.close();
    server.close();
  }

  @Test
  void returns_what_the_server_answers() throws Exception {
    HttpReply httpReply = transport.send(HttpCall.of("GET", server.uri()));

    assertThat(httpReply.granted()).isTrue();
    assertThat(new String(httpReply.body(), StandardCharsets.UTF_8)).isEqualTo("ok");
    assertThat(pauses).isEmpty();
  }

  @Test
  void an_answer_that_was_granted_fills_the_callers_array() throws Exception {
    byte[] buffer = {9, 9, 9};
    HttpCall call =
        HttpCall.of("GET", server.uri())
            .withBuffers(
                length -> {
                  assertThat(length).isEqualTo(2);
                  return buffer;
                });
    assertThat(transport.send(call).body()).isSameAs(buffer);
    assertThat(buffer).containsExactly('o', 'k', 9);

    server.answer(exchange -> FakeHttpServer.send(exchange, 404, "text/plain", "no"));
    assertThat(transport.send(call).body()).isNotSameAs(buffer);
    assertThat(buffer).containsExactly('o', 'k', 9);
  }

  @Test
  void sends_again_while_the_server_is_busy() throws Exception {
    AtomicInteger count = new AtomicInteger();
    server.answer(
        exchange ->
            FakeHttpServer.send(
                exchange, count.incrementAndGet() < 4 ? 503 : 200, "text/plain", "x"));

    assertThat(
            transport.send(HttpCall.of("PUT", server.uri()).withBody("a/b", new byte[5])).status())
        .isEqualTo(200);
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void stops_after_a_stated_number_of_tries() throws Exception {
    server.answer(exchange -> FakeHttpServer.send(exchange, 503, "text/plain", "busy"));

    assertThat(transport.send(HttpCall.of("GET", server.uri())).status()).isEqualTo(503);
    assertThat(server.requests()).hasSize(RetryPolicy.STANDARD.attempts());
  }

  @Test
  void tells_of_each_failure_before_it_sends_again() throws Exception {
    List<String> heard = new ArrayList<>();
    transport.retriesTo(
        (host, failures, status) -> heard.add(host + " " + failures + " " + status));
    AtomicInteger count = new AtomicInteger();
    server.answer(
        exchange -> {
          switch (count.incrementAndGet()) {
            case 1 -> FakeHttpServer.send(exchange, 503, "text/plain", "busy");
            // A kept connection that is cut is followed by a new one at once.
            case 2, 3 -> throw new java.io.IOException("cut on purpose");
            default -> FakeHttpServer.send(exchange, 200, "text/plain", "x");
          }
        });

    assertThat(transport.send(HttpCall.of("GET", server.uri())).status()).isEqualTo(200);
    assertThat(heard).containsExactly("127.0.0.1 1 503", "127.0.0.1 2 0");
  }

  @Test
  void what_is_final_is_sent_once() throws Exception {
    for (int status : new int[] {307, 400, 401, 403, 404, 409, 410, 413, 416, 500, 507}) {
      int before = server.requests().size();
      server.answer(exchange -> FakeHttpServer.send(exchange, status, "text/plain", "no"));

      assertThat(transport.send(HttpCall.of("GET", server.uri())).status()).isEqualTo(status);
      assertThat(server.requests()).as("%d", status).hasSize(before + 1);
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void waits_as_long_as_the_server_asks_but_not_for_ever() throws Exception {
    for (String asked : List.of("7", "99999", "1", "soon", "-3")) {
      pauses.clear();
      AtomicInteger count = new AtomicInteger();
      server.answer(
          exchange -> {
            exchange.getResponseHeaders().set("Retry-After", asked);
            FakeHttpServer.send(
                exchange, count.incrementAndGet() == 1 ? 429 : 200, "text/plain", "");
          });
      transport.send(HttpCall.of("GET", server.uri()));

      assertThat(pauses).as(asked).hasSize(1);
      assertThat(pauses.getFirst()).isLessThanOrEqualTo(RetryPolicy.STANDARD.longest());
      if (asked.equals("7")) {
        assertThat(pauses.getFirst()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
      }
    }
  }

  /** A database that fails over takes half a minute, and the portal asks for two seconds. */
  @Test
  void bridges_half_a_minute_of_a_server_that_asks_for_seconds() throws Exception {
    server.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "2");
          FakeHttpServer.send(exchange, 503, "text/plain", "away");
        });

    assertThat(transport.send(HttpCall.of("GET", server.uri())).status()).isEqualTo(503);
    assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofSeconds(2)) >= 0);
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(45));
  }

  /** HK1-R-11, HK1-V-45: a pause that is asked for leaves time for one repeat. */
  @Test
  void pauses_no_longer_than_a_call_may_be_sent_again() throws Exception {
    server.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "60");
          FakeHttpServer.send(exchange, 503, "text/plain", "busy");
        });
    Duration window = Duration.ofSeconds(10);
    CallDeadline deadline =
        new CallDeadline(
            Duration.ofSeconds(15), () -> pauses.stream().reduce(window, Duration::minus));

    assertThat(transport.send(HttpCall.of("GET", server.uri()).withDeadline(deadline)).status())
        .isEqualTo(503);
    assertThat(pauses).containsExactly(window);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void sends_again_after_an_answer_that_was_cut() throws Exception {
    AtomicInteger count = new AtomicInteger();
    server.answer(
        exchange -> {
          if (count.incrementAndGet() < 3) {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            throw new java.io.IOException("cut on purpose");
          }
          FakeHttpServer.send(exchange, 200, "text/plain", "whole");
        });

    assertThat(transport.send(HttpCall.of("GET", server.uri())).body()).hasSize(5);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void refuses_an_answer_larger_than_allowed() throws Exception {
    server.answer(exchange -> FakeHttpServer.send(exchange, 200, "text/plain", "x".repeat(101)));

    HttpCall call = HttpCall.of("GET", server.uri()).withMaxAnswerBytes(100);
    assertThatThrownBy(() -> transport.send(call)).isInstanceOf(UnreachableException.class);
    assertThat(transport.send(call.withMaxAnswerBytes(101)).body()).hasSize(101);
  }

  @Test
  void does_not_send_again_what_was_refused() throws Exception {
    for (int status : List.of(400, 401, 403, 404, 409, 413, 500)) {
      server.requests().clear();
      server.answer(exchange -> FakeHttpServer.send(exchange, status, "text/plain", ""));

      assertThat(transport.send(HttpCall.of("GET", server.uri())).status()).isEqualTo(status);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void follows_no_redirect() throws Exception {
    server.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          FakeHttpServer.send(exchange, 302, "text/plain", "");
        });

    assertThat(transport.send(HttpCall.of("GET", server.uri())).status()).isEqualTo(302);
    assertThat(server.requests()).containsExactly("GET /");
  }

  @Test
  void says_network_when_nobody_listens() {
    URI closed = server.uri();
    server.close();

    assertThatThrownBy(() -> transport.send(HttpCall.of("GET", closed)))
        .isInstanceOf(UnreachableException.class)
        .extracting(e -> ((AgentException) e).result())
        .isEqualTo(RunResult.NETWORK);
    assertThat(pauses).hasSize(RetryPolicy.STANDARD.attempts() - 1);
  }

  @Test
  void pauses_double_and_stay_below_the_longest() {
    RetryPolicy policy = RetryPolicy.STANDARD;
    SplittableRandom random = new SplittableRandom(7);
    for (int next = 2; next < 200; next++) {
      Duration pause = policy.pause(next, OptionalLong.empty(), random);
      long bound =
          Math.min(
              policy.longest().toMillis(), policy.first().toMillis() << Math.min(next - 2, 16));
      assertThat(pause.toMillis()).isBetween(bound / 2, bound);
    }
  }

  @Test
  void never_prints_headers_or_bodies() {
    HttpCall call =
        HttpCall.of("GET", URI.create("https://h.example/p?code=SECRET"))
            .withHeader("Authorization", "SECRET");

    assertThat(call.toString()).isEqualTo("GET /p");
  }
}

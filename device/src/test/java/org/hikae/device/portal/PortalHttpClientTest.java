package org.hikae.device.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.TrustedAuthorities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A portal that starts, ends or is being replaced, as its server answers for it. */
class PortalHttpClientTest {

  private FakeHttpServer server;
  private HttpTransport transport;
  private PortalHttpClient portal;

  @BeforeEach
  void start() throws Exception {
    server =
        new FakeHttpServer(
            exchange -> FakeHttpServer.send(exchange, 200, "application/json", "{}"));
    transport =
        new HttpTransport(
            TrustedAuthorities.context(null),
            RetryPolicy.STANDARD,
            duration -> {},
            new SplittableRandom(1));
    portal = new PortalHttpClient(transport, server.uri(), "en");
  }

  @AfterEach
  void stop() {
    transport.close();
    server.close();
  }

  @Test
  void is_asked_again_until_it_is_there() throws Exception {
    AtomicInteger count = new AtomicInteger();
    server.answer(
        exchange ->
            FakeHttpServer.send(
                exchange, count.incrementAndGet() < 4 ? 404 : 200, "text/html", "<html></html>"));

    assertThat(portal.open(portal.call("GET", "/public/portal")).status()).isEqualTo(200);
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void is_given_up_after_the_usual_number_of_tries_with_a_sentence_that_says_why() {
    server.answer(exchange -> FakeHttpServer.send(exchange, 404, "text/html", ""));

    assertThatThrownBy(() -> portal.open(portal.call("GET", "/public/portal")))
        .isInstanceOfSatisfying(
            AgentException.class,
            refused -> {
              assertThat(refused.result()).isEqualTo(RunResult.NETWORK);
              assertThat(refused.key()).isEqualTo("problem.not-ready");
            });
    assertThat(server.requests()).hasSize(RetryPolicy.STANDARD.attempts());
  }

  @Test
  void is_believed_at_once_when_it_says_itself_that_there_is_no_such_thing() {
    server.answer(exchange -> FakeHttpServer.problem(exchange, 404, "not-found"));

    assertThatThrownBy(() -> portal.open(portal.call("GET", "/public/portal")))
        .isInstanceOfSatisfying(
            PortalRefusalException.class,
            refused -> {
              assertThat(refused.result()).isEqualTo(RunResult.REFUSED);
              assertThat(refused.key()).isEqualTo("problem.not-found");
            });
    assertThat(server.requests()).hasSize(1);
  }
}

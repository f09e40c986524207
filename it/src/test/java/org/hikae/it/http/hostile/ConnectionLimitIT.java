package org.hikae.it.http.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hikae.it.client.RawHttpRequest;
import org.hikae.it.stack.SharedResources;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A portal that takes few requests of an address and few connections, behind a load balancer that
 * says whose connections they are by PROXY protocol (HK1-R-10). Time budget: 60 seconds beside the
 * system's start.
 */
@FullRunOnly
@ResourceLock(SharedResources.SCHEMA)
class ConnectionLimitIT {

  private static final int REQUESTS = 2;
  private static final int CONNECTIONS = 40;

  /** How many wait for each one that may be in progress. */
  private static final int WAITING = 8;

  /** Sixteen for each request that may be in progress. */
  private static final int CONNECTIONS_PER_ADDRESS = 16 * REQUESTS;

  private static final String QUICK =
      RawHttpRequest.lines("GET /api/health/live HTTP/1.1", "Host: localhost", "Connection: close");

  /** Its connection stays open afterwards. */
  private static final String KEPT =
      RawHttpRequest.lines("GET /api/health/live HTTP/1.1", "Host: localhost");

  /** Short, so that it is waited for before anybody asks who sends it. */
  private static final String SLOW =
      RawHttpRequest.lines("POST /api/v1/x HTTP/1.1", "Host: localhost", "Content-Length: 1000");

  private static final InetAddress BALANCER = InetAddress.ofLiteral("127.0.0.1");

  private static Stack stack;
  private static Stack.SecondPortal portal;

  @BeforeAll
  static void start() throws Exception {
    stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    portal =
        stack.portalBeside(
            Map.of(
                "HIKAE_REQUESTS_PER_ADDRESS", Integer.toString(REQUESTS),
                "HIKAE_MAX_CONNECTIONS", Integer.toString(CONNECTIONS),
                "HIKAE_PROXY_PROTOCOL", "true"));
  }

  @AfterAll
  static void end() {
    if (portal != null) {
      portal.close();
    }
  }

  /** A request of this client, through the load balancer. */
  private static RawHttpRequest begin(String client, String request) throws IOException {
    String line = "PROXY TCP4 " + client + " 198.51.100.1 40000 443\r\n";
    return RawHttpRequest.begin(stack, portal.url(), BALANCER, line, request);
  }

  private static String answer(String client, String request) throws IOException {
    try (RawHttpRequest open = begin(client, request)) {
      return open.answer();
    }
  }

  private static void close(List<RawHttpRequest> all) throws IOException {
    for (RawHttpRequest one : all) {
      one.close();
    }
  }

  @Test
  void one_address_waits_for_itself_and_is_told_to_come_back_when_too_many_wait() throws Exception {
    List<RawHttpRequest> open = new ArrayList<>();
    try {
      for (int i = 0; i < REQUESTS + WAITING * REQUESTS; i++) {
        open.add(begin("192.0.2.9", SLOW));
      }
      assertThat(answer("192.0.2.8", QUICK)).as("another client").startsWith("HTTP/1.1 200");
      String answer = "";
      for (int i = 0; i < 10 && answer.isEmpty(); i++) {
        // One that is not answered has found a place after all, and waits like the others.
        RawHttpRequest busy = begin("192.0.2.9", QUICK).readTimeout(2000);
        open.add(busy);
        answer = busy.answer();
      }
      assertThat(answer).startsWith("HTTP/1.1 503").contains("Retry-After: 2", "\"code\":\"busy\"");
    } finally {
      close(open);
    }
    // Those that were waited for are gone; nothing of them is kept.
    assertThat(answer("192.0.2.9", QUICK)).startsWith("HTTP/1.1 200");
  }

  @Test
  void one_address_keeps_so_many_connections_open_and_no_more() throws Exception {
    List<RawHttpRequest> open = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS_PER_ADDRESS; i++) {
        RawHttpRequest idle = begin("192.0.2.5", KEPT);
        open.add(idle);
        assertThat(idle.statusLine()).startsWith("HTTP/1.1 200");
      }
      assertThat(answer("192.0.2.5", KEPT))
          .startsWith("HTTP/1.1 503")
          .contains("Connection: close");
      assertThat(answer("192.0.2.4", QUICK)).as("another client").startsWith("HTTP/1.1 200");
    } finally {
      close(open);
    }
  }

  @Test
  void whose_connection_nobody_says_is_not_served() throws Exception {
    for (String line : List.of("", "PROXY\r\n", "PROXY TCP4 a b c d\r\n")) {
      assertThatThrownBy(() -> RawHttpRequest.begin(stack, portal.url(), BALANCER, line, QUICK))
          .as(line)
          .isInstanceOf(IOException.class);
    }
    assertThat(answer("192.0.2.7", QUICK)).startsWith("HTTP/1.1 200");
  }

  @Test
  void who_comes_when_as_many_connections_are_open_as_may_be_waits_until_one_ends()
      throws Exception {
    List<RawHttpRequest> open = new ArrayList<>();
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        open.add(RawHttpRequest.silent(portal.url(), BALANCER));
      }
      Future<String> late = pool.submit(() -> answer("192.0.2.6", QUICK));
      assertThatThrownBy(() -> late.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
      open.removeFirst().close();
      assertThat(late.get(30, TimeUnit.SECONDS)).startsWith("HTTP/1.1 200");
    } finally {
      close(open);
    }
  }
}

package org.hikae.device.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.AllowForbidden;
import org.hikae.device.AgentException;

/**
 * Receives one redirect of the browser on a random port of 127.0.0.1 (RFC 8252, section 7.3). What
 * does not carry the expected state is answered 404 and forgotten, so that another page in the
 * browser cannot inject a code.
 */
@AllowForbidden(
    "the JDK's small HTTP server is a documented module of every full JDK: jdk.httpserver")
final class LoopbackCallback implements AutoCloseable {

  private static final int MAX_QUERY_CHARS = 8192;
  private static final String PATH = "/callback";

  private final HttpServer server;
  private final String state;
  private final String page;
  private final BlockingQueue<Map<String, String>> answers = new ArrayBlockingQueue<>(1);

  LoopbackCallback(String state, String page) throws AgentException {
    this.state = state;
    this.page = page;
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      this.server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "login.no-port");
    }
    server.createContext("/", this::receive);
    server.start();
  }

  String redirectUri() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  Map<String, String> await(Duration limit) throws AgentException {
    try {
      Map<String, String> answer = answers.poll(limit.toSeconds(), TimeUnit.SECONDS);
      if (answer == null) {
        throw new AgentException(RunResult.REFUSED, "login.browser-timeout");
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentException(RunResult.CANCELLED, "run.cancelled");
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = query(exchange.getRequestURI());
      boolean ours =
          exchange.getRequestURI().getPath().equals(PATH)
              && exchange.getRequestMethod().equals("GET")
              && MessageDigest.isEqual(
                  state.getBytes(StandardCharsets.UTF_8),
                  query.getOrDefault("state", "").getBytes(StandardCharsets.UTF_8));
      if (!ours) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = page.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      // A second redirect with the right state finds the queue full and changes nothing.
      boolean first = answers.offer(query);
      if (!first) {
        exchange.getResponseBody().flush();
      }
    }
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> fields = new HashMap<>();
    String raw = uri.getRawQuery();
    if (raw == null || raw.length() > MAX_QUERY_CHARS) {
      return fields;
    }
    for (String field : raw.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        String value = URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8);
        fields.put(field.substring(0, equals), value);
      }
    }
    return fields;
  }

  @Override
  public void close() {
    // One second lets the browser receive the page that says it may be closed.
    server.stop(1);
  }
}

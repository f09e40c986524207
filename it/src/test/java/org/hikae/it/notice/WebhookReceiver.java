package org.hikae.it.notice;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The company's end of the webhook: takes what is signed rightly and refuses the rest. */
final class WebhookReceiver implements AutoCloseable {

  static final String SECRET = "secret-of-the-test-with-32-letters";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final HttpServer server;
  private final List<Received> all = new CopyOnWriteArrayList<>();
  private volatile int answer = 204;

  /**
   * A request.
   *
   * @param id its name, the same at each attempt
   * @param signed whether its signature is right
   * @param body what it tells
   */
  record Received(String id, boolean signed, JsonNode body) {

    boolean tells(String kind, long employeeId) {
      return body.path("notices").findValues("kind").stream()
              .anyMatch(found -> found.asText().equals(kind))
          && (employeeId == 0 || body.at("/notices/0/employeeId").asLong() == employeeId);
    }
  }

  WebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/notices";
  }

  /** What it answers from now on. */
  void answers(int status) {
    answer = status;
  }

  /** Requests that were taken. */
  List<Received> all() {
    return List.copyOf(all);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
      String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
      boolean signed = ("v1," + sign(id + "." + timestamp + "." + body)).equals(signature);
      int status = answer;
      if (status == 204) {
        all.add(new Received(id, signed, JSON.readTree(body)));
      } else {
        exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static String sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

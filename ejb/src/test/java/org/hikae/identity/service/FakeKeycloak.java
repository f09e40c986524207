package org.hikae.identity.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hikae.runtime.service.Settings;

/** A server that answers as Keycloak 26 does with what a test has given it, else with 404. */
public final class FakeKeycloak implements AutoCloseable {

  /** Where a realm is administered. */
  public static final String ADMIN = "/admin/realms/hikae";

  /** The name by which it calls itself in tokens. */
  public static final String ISSUER = "https://sso/realms/x";

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Map<String, Runnable> moments = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** Starts it. */
  public FakeKeycloak() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    answer("/realms/hikae/.well-known/openid-configuration", "{\"issuer\":\"" + ISSUER + "\"}");
    answer("/realms/hikae/protocol/openid-connect/token", "{\"access_token\":\"t0ken\"}");
  }

  /** Answers this address so. */
  public void answer(String path, String json) {
    answers.put(path, json);
  }

  /** Lets something happen when this address is asked for the first time, before the answer. */
  public void before(String path, Runnable happens) {
    moments.put(path, happens);
  }

  /** The addresses that were asked for, in that order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** The directory as the portal reads it. */
  public KeycloakDirectory directory() {
    String realm = "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/hikae";
    return new KeycloakDirectory(
        new Settings(
            Map.of(
                "HIKAE_OIDC_PROVIDER_URL", realm, "HIKAE_DIRECTORY_SECRET", "not-a-real-secret")));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    asked.add(path);
    Runnable happens = moments.remove(path);
    if (happens != null) {
      happens.run();
    }
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    boolean unknown = path.startsWith("/admin") && !"Bearer t0ken".equals(token);
    int status = unknown ? 401 : answers.containsKey(path) ? 200 : 404;
    byte[] body = answers.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

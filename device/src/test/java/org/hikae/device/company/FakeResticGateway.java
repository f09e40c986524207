package org.hikae.device.company;

import static org.hikae.device.company.FakePortalResponses.bytes;
import static org.hikae.device.company.FakePortalResponses.json;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.PutResticPassword;
import org.hikae.backup.wire.ResticPasswordView;
import org.hikae.device.AgentJson;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/** The portal's side of restic, by the specification and without any check of its own. */
public final class FakeResticGateway {

  private volatile @Nullable String hostilePassword;
  private final AtomicInteger revocationFailures = new AtomicInteger();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

  private final Map<String, OwnResticRepository> repositories = new LinkedHashMap<>();
  private final Map<String, ResticCredentialView> credentials = new LinkedHashMap<>();
  private final Map<String, byte[]> stored = new TreeMap<>();
  private final List<String> order = new ArrayList<>();
  private int failuresAfter = Integer.MAX_VALUE;

  public Map<String, OwnResticRepository> repositories() {
    return repositories;
  }

  public Map<String, ResticCredentialView> credentials() {
    return credentials;
  }

  /** Objects by their path below the repository's name. */
  public Map<String, byte[]> stored() {
    return stored;
  }

  /** Paths in the order in which they came. */
  public List<String> order() {
    return order;
  }

  /** Takes so many objects and refuses all after them. */
  public void failAfter(int objects) {
    failuresAfter = objects;
  }

  /** Serves other passwords of a repository. */
  public void serve(String repository, List<ResticPasswordView> passwords) {
    OwnResticRepository one = repositories.get(repository);
    repositories.put(
        repository,
        new OwnResticRepository(one.repository(), one.setId(), one.deviceId(), NOW, passwords));
  }

  void device(HttpExchange exchange, String path, byte[] body, String deviceId, String setId)
      throws IOException {
    String[] parts = path.split("/", -1);
    if (path.equals("/repositories")) {
      json(exchange, 200, List.copyOf(repositories.values()));
    } else if (path.equals("/credentials") && exchange.getRequestMethod().equals("GET")) {
      json(exchange, 200, List.copyOf(credentials.values()));
    } else if (path.equals("/credentials")) {
      String name = "ab".repeat(8) + deviceId.substring(0, 16);
      repositories.putIfAbsent(
          name, new OwnResticRepository(name, setId, deviceId, NOW, List.of()));
      give(exchange, name, deviceId);
    } else if (path.startsWith("/credentials/")) {
      if (revocationFailures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        FakeHttpServer.problem(exchange, 503, "busy");
        return;
      }
      ResticCredentialView ended = credentials.get(parts[2]);
      if (ended == null) {
        FakeHttpServer.problem(exchange, 403, "forbidden");
        return;
      }
      credentials.put(parts[2], view(ended.username(), ended.repository(), deviceId, false));
      exchange.sendResponseHeaders(204, -1);
    } else if (path.endsWith("/password")) {
      PutResticPassword put = AgentJson.mapper().readValue(body, PutResticPassword.class);
      List<ResticPasswordView> passwords = new ArrayList<>();
      passwords.add(
          new ResticPasswordView(put.number(), put.generation(), deviceId, NOW, put.blob()));
      passwords.addAll(repositories.get(parts[2]).passwords());
      serve(parts[2], passwords);
      exchange.sendResponseHeaders(204, -1);
    } else {
      give(exchange, parts[2], deviceId);
    }
  }

  private void give(HttpExchange exchange, String repository, String deviceId) throws IOException {
    String username = String.format(java.util.Locale.ROOT, "%032d", credentials.size() + 1);
    credentials.put(username, view(username, repository, deviceId, true));
    String password = hostilePassword == null ? secret(username) : hostilePassword;
    json(exchange, 201, new NewResticCredential(repository, username, password, LATER));
  }

  /** The next credentials cannot be ended. */
  public void failRevocations(int count) {
    revocationFailures.set(count);
  }

  /** Gives this as the password of each credential from now on. */
  public void givesPasswords(String hostile) {
    hostilePassword = hostile;
  }

  private static String secret(String username) {
    return "secret+of/" + username + "=";
  }

  private static ResticCredentialView view(
      String username, String repository, String deviceId, boolean usable) {
    return new ResticCredentialView(
        username, repository, deviceId, usable, NOW, LATER, null, usable ? null : NOW);
  }

  void gateway(HttpExchange exchange, String path, byte[] body) throws IOException {
    String inside = path.substring(path.indexOf('/') + 1);
    if (!mayAsk(exchange, path.substring(0, path.indexOf('/')))) {
      FakeHttpServer.problem(exchange, 401, "unauthenticated");
    } else if (exchange.getRequestMethod().equals("POST")) {
      store(exchange, inside, body);
    } else if (inside.endsWith("/")) {
      list(exchange, inside);
    } else if (stored.containsKey(inside)) {
      bytes(exchange, stored.get(inside));
    } else {
      FakeHttpServer.problem(exchange, 404, "not-found");
    }
  }

  private boolean mayAsk(HttpExchange exchange, String repository) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    String pair =
        new String(
            Base64.getDecoder().decode(header.substring("Basic ".length())),
            StandardCharsets.UTF_8);
    String username = pair.substring(0, pair.indexOf(':'));
    ResticCredentialView known = credentials.get(username);
    return known != null
        && known.usable()
        && known.repository().equals(repository)
        && pair.equals(username + ":" + secret(username));
  }

  private void store(HttpExchange exchange, String inside, byte[] body) throws IOException {
    boolean named = inside.equals("config") || inside.endsWith(Hash256.sha256(body).hex());
    if (stored.containsKey(inside)) {
      FakeHttpServer.problem(exchange, 403, "object-exists");
    } else if (failuresAfter-- <= 0 || !named) {
      FakeHttpServer.problem(exchange, 400, "malformed");
    } else {
      stored.put(inside, body);
      order.add(inside);
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** A page of two, in the order in which they came. */
  private void list(HttpExchange exchange, String folder) throws IOException {
    int after = Integer.parseInt(exchange.getRequestURI().getQuery().substring("after=".length()));
    List<Map<String, Object>> listed = new ArrayList<>();
    for (int i = after; i < order.size() && listed.size() < 2; i++) {
      String path = order.get(i);
      if (path.startsWith(folder)) {
        String name = path.substring(folder.length());
        listed.add(Map.of("name", name, "size", stored.get(path).length, "place", i + 1));
      }
    }
    json(exchange, 200, listed);
  }
}

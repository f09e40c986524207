package org.hikae.device.portal;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.MissingAnswer;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.Sleeper;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.device.store.MissingObjectException;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.Nonce;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;
import org.hikae.problem.wire.ProblemCode;

/**
 * The portal's routes for objects and snapshots over HTTP, on a store in memory; it can be told to
 * misbehave.
 */
final class FakePortal implements AutoCloseable {

  private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

  static final String ISSUER = "https://sso.example/realms/hikae";

  /** Does something to a request instead of the portal; true when it answered. */
  @FunctionalInterface
  interface FaultInjection {
    boolean answered(HttpExchange exchange) throws IOException;
  }

  private final FakeHttpServer server;
  private final DeviceIdentity device = DeviceIdentity.generate(new SecureRandom());
  private final InMemoryBackupStore memory = new InMemoryBackupStore(device.deviceId());
  private final AtomicInteger sessions = new AtomicInteger();
  private final HttpTransport transport;
  private volatile FaultInjection faultInjection = exchange -> false;
  private volatile String validToken = "token-1";
  private volatile int validSession = 1;

  FakePortal() throws IOException, AgentException {
    this(duration -> {});
  }

  /** One whose client waits so before it sends something again. */
  FakePortal(Sleeper sleeper) throws IOException, AgentException {
    server = new FakeHttpServer(this::answer);
    transport =
        new HttpTransport(
            TrustedAuthorities.context(null),
            RetryPolicy.STANDARD,
            sleeper,
            new SplittableRandom(1));
  }

  URI uri() {
    return server.uri();
  }

  DevicePortalClient client() {
    return clientBy(server.uri().getPort());
  }

  /** A client that reaches the portal by way of another port. */
  DevicePortalClient clientBy(int port) {
    PortalHttpClient http =
        new PortalHttpClient(transport, URI.create("http://127.0.0.1:" + port), "en");
    PortalTokenSource portalTokenSource = new RenewingTokenSource();
    EnrollmentClient enrollment = new EnrollmentClient(http, portalTokenSource);
    return new DevicePortalClient(
        http,
        portalTokenSource,
        new CurrentDeviceSession(
            enrollment, device, ISSUER, Clock.systemUTC(), new DeviceSessionCache()));
  }

  InMemoryBackupStore memory() {
    return memory;
  }

  DeviceIdentity device() {
    return device;
  }

  List<String> requests() {
    return server.requests();
  }

  void misbehave(FaultInjection other) {
    faultInjection = other;
  }

  void expireToken() {
    validToken = "token-2";
  }

  void expireSession() {
    validSession = sessions.get() + 1;
  }

  /** Gives the valid token only when asked to renew. */
  private final class RenewingTokenSource implements PortalTokenSource {
    private String current = "token-1";

    @Override
    public synchronized String token() {
      return current;
    }

    @Override
    public synchronized String renewed(String refused) {
      current = validToken;
      return current;
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (faultInjection.answered(exchange)) {
      return;
    }
    String path = exchange.getRequestURI().getPath();
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    if (!("Bearer " + validToken).equals(token)) {
      refuse(exchange, ProblemCode.UNAUTHENTICATED);
    } else if (path.equals("/api/v1/enrollment/nonces")) {
      json(exchange, 200, new Nonce(TextCodec.base64(new byte[32]), LATER));
    } else if (path.equals("/api/v1/enrollment/sessions")) {
      String session = "session-" + sessions.incrementAndGet();
      json(exchange, 200, new DeviceSession(session, LATER));
    } else if (sessionOf(exchange) < validSession) {
      refuse(exchange, ProblemCode.DEVICE_SESSION_REQUIRED);
    } else {
      try {
        device(exchange, path.substring("/api/v1/device".length()));
      } catch (MissingObjectException e) {
        missing(exchange, e);
      } catch (BackupStoreException e) {
        refuse(
            exchange,
            e.result() == RunResult.REFUSED ? ProblemCode.SERIES_CONFLICT : ProblemCode.INTERNAL);
      }
    }
  }

  private static int sessionOf(HttpExchange exchange) {
    String session = exchange.getRequestHeaders().getFirst(DeviceSession.HEADER);
    return session == null ? 0 : Integer.parseInt(session.substring("session-".length()));
  }

  private void device(HttpExchange exchange, String path) throws IOException, BackupStoreException {
    String method = exchange.getRequestMethod();
    if (path.equals("/objects/missing")) {
      MissingQuery query = read(exchange, MissingQuery.class);
      List<Hash256> names = query.names().stream().map(FakePortal::hash).toList();
      Set<Hash256> missing = memory.missing(names);
      json(
          exchange,
          200,
          new MissingAnswer(names.stream().filter(missing::contains).map(Hash256::hex).toList()));
    } else if (path.startsWith("/objects/") && method.equals("PUT")) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      memory.put(hash(path.substring("/objects/".length())), body);
      exchange.sendResponseHeaders(201, -1);
    } else if (path.startsWith("/objects/")) {
      object(exchange, hash(path.substring("/objects/".length())));
    } else if (path.equals("/snapshots") && method.equals("POST")) {
      json(exchange, 201, memory.commit(read(exchange, CommitSnapshot.class)));
    } else if (path.equals("/snapshots")) {
      Map<String, String> query = query(exchange.getRequestURI());
      int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
      json(exchange, 200, memory.snapshots(query.get("device"), query.get("after"), limit));
    } else {
      String[] parts = path.split("/", -1);
      java.io.ByteArrayOutputStream names = new java.io.ByteArrayOutputStream();
      memory.objects(parts[2]).forEach(name -> names.writeBytes(name.toBytes()));
      bytes(exchange, 200, names.toByteArray());
    }
  }

  private void object(HttpExchange exchange, Hash256 name)
      throws IOException, BackupStoreException {
    byte[] whole = memory.get(name);
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      bytes(exchange, 200, whole);
      return;
    }
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    long from = Long.parseLong(ends[0]);
    if (from >= whole.length) {
      refuse(exchange, ProblemCode.RANGE_NOT_SATISFIABLE);
      return;
    }
    long to = Math.min(whole.length, Long.parseLong(ends[1]) + 1);
    bytes(exchange, 206, Arrays.copyOfRange(whole, (int) from, (int) to));
  }

  private static void missing(HttpExchange exchange, MissingObjectException e) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) {
      refuse(exchange, ProblemCode.NOT_FOUND);
      return;
    }
    Map<String, Object> problem = new HashMap<>();
    problem.put("code", ProblemCode.MISSING_OBJECTS.code());
    problem.put("type", "urn:hikae:problem:missing-objects");
    problem.put("title", "t");
    problem.put("status", 409);
    problem.put("detail", "d");
    problem.put("instance", "i");
    problem.put("missing", e.names().stream().map(Hash256::hex).toList());
    FakeHttpServer.send(
        exchange, 409, "application/problem+json", AgentJson.mapper().writeValueAsString(problem));
  }

  static void refuse(HttpExchange exchange, ProblemCode code) throws IOException {
    exchange.getRequestBody().readAllBytes();
    FakeHttpServer.problem(exchange, code.status(), code.code());
  }

  static void bytes(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  static void json(HttpExchange exchange, int status, Object value) throws IOException {
    exchange.getRequestBody().readAllBytes();
    FakeHttpServer.send(
        exchange, status, "application/json", AgentJson.mapper().writeValueAsString(value));
  }

  private static <T> T read(HttpExchange exchange, Class<T> type) throws IOException {
    return AgentJson.mapper().readValue(exchange.getRequestBody().readAllBytes(), type);
  }

  private static Hash256 hash(String hex) {
    try {
      return Hash256.parse(hex);
    } catch (org.hikae.hk1.MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> fields = new HashMap<>();
    for (String field : uri.getRawQuery().split("&", -1)) {
      String[] pair = field.split("=", 2);
      fields.put(pair[0], java.net.URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return fields;
  }

  @Override
  public void close() {
    transport.close();
    server.close();
  }
}

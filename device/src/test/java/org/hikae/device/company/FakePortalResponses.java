package org.hikae.device.company;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hikae.backup.wire.LastScrubView;
import org.hikae.backup.wire.StorageView;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.device.AgentJson;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.diagnostics.wire.DiagnosticsAnswer;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.enrollment.wire.Reconsent;
import org.hikae.hk1.Transcript;
import org.hikae.policy.wire.DevicePolicy;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** What the pretended portal tells devices beside their backups. */
public final class FakePortalResponses {

  /** The name of an exchange's {@link Rewording}. */
  static final String REWORDED = "reworded";

  /** What becomes of the JSON of an answer. */
  @FunctionalInterface
  public interface Rewording {
    /** The JSON that is sent. */
    String of(String json);
  }

  /** What the portal has of restic. */
  public final FakeResticGateway restic = new FakeResticGateway();

  /** Its transparency log. */
  public final FakePortalLog log = new FakePortalLog();

  /** Updates of the agent that it hands out. */
  public final FakeUpdateRepository updates = new FakeUpdateRepository();

  /** What devices tell each other. */
  public final FakeKeyTransfers transfers = new FakeKeyTransfers();

  volatile @Nullable public Instant legalHoldSince;
  volatile @Nullable public Reconsent reconsent;
  volatile @Nullable public Integer changesAgreed;

  /** Values of the policy; none is what a portal answers that has no policies. */
  public volatile Map<String, Object> policy = Map.of();

  /** Values of before that still count; absent when there are none. */
  public volatile @Nullable List<DevicePolicy.Earlier> earlier;

  /** What it says of scrubbing; absent from a portal of before. */
  volatile @Nullable public LastScrubView lastScrub;

  /** Whether it refuses to say what its employee's devices are called. */
  public volatile boolean namesNoDevices;

  /** Whether it refuses to list wraps. */
  public volatile boolean listsNoWraps;

  /** What was agreed to later. */
  public final List<AgreeConsent> agreed = new CopyOnWriteArrayList<>();

  /** Diagnostics that came, as they were sent. */
  public final List<String> diagnostics = new CopyOnWriteArrayList<>();

  /** Recovery proofs that came, as they were sent. */
  public final List<String> recoveryProofs = new CopyOnWriteArrayList<>();

  /** How it refuses diagnostics. */
  volatile @Nullable public ProblemCode refusesDiagnostics;

  /** Whether it is about what needs no session of a device: restic, the log and updates. */
  static boolean isOutsideSession(String path) {
    return path.startsWith("/api/restic/")
        || path.startsWith(FakePortalLog.PATH)
        || path.startsWith(FakeUpdateRepository.PATH);
  }

  /** Answers that. */
  void outsideSession(HttpExchange exchange, String path, byte[] body) throws IOException {
    if (path.startsWith(FakePortalLog.PATH)) {
      log.answer(exchange, path);
    } else if (path.startsWith(FakeUpdateRepository.PATH)) {
      updates.answer(exchange, path);
    } else {
      restic.gateway(exchange, path.substring("/api/restic/".length()), body);
    }
  }

  /** Answers what it knows; false for everything else. */
  boolean answer(HttpExchange exchange, String path, byte[] body) throws IOException {
    switch (path) {
      case "/consent" -> {
        agreed.add(AgentJson.mapper().readValue(body, AgreeConsent.class));
        reconsent = null;
        exchange.sendResponseHeaders(204, -1);
      }
      case "/diagnostics" -> diagnostics(exchange, body);
      case "/recovery-proofs" -> {
        recoveryProofs.add(new String(body, StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(204, -1);
      }
      case "/policy" -> {
        if (policy.isEmpty()) {
          FakeHttpServer.problem(exchange, 404, "not-found");
        } else {
          json(exchange, 200, said());
        }
      }
      case "/wraps" -> {
        if (!listsNoWraps) {
          return false;
        }
        FakeHttpServer.problem(exchange, 500, "internal");
      }
      case "/devices" -> {
        if (!namesNoDevices) {
          return false;
        }
        FakeHttpServer.problem(exchange, 500, "internal");
      }
      case "/scrub" -> {
        if (lastScrub == null) {
          FakeHttpServer.problem(exchange, 404, "not-found");
        } else {
          json(exchange, 200, lastScrub);
        }
      }
      case "/storage" -> json(exchange, 200, new StorageView(1 << 20, 1 << 30, 2048, 1 << 30, 1));
      default -> {
        if (!path.startsWith("/transfers")) {
          return false;
        }
        transfers.answer(exchange, path.substring("/transfers".length()), body);
      }
    }
    return true;
  }

  private void diagnostics(HttpExchange exchange, byte[] body) throws IOException {
    ProblemCode refusal = refusesDiagnostics;
    if (refusal != null) {
      FakeHttpServer.problem(exchange, refusal.status(), refusal.code());
      return;
    }
    diagnostics.add(new String(body, StandardCharsets.UTF_8));
    json(
        exchange,
        201,
        new DiagnosticsAnswer(FakeCompany.NOW, FakeCompany.NOW.plus(Duration.ofDays(30))));
  }

  private DevicePolicy said() {
    return new DevicePolicy(
        policy.entrySet().stream()
            .map(entry -> new DevicePolicy.Value(entry.getKey(), entry.getValue(), "default"))
            .toList(),
        earlier);
  }

  static DeviceView view(String deviceId) {
    return view(deviceId, "1");
  }

  static DeviceView view(String deviceId, String agentVersion) {
    return named("device", deviceId, agentVersion);
  }

  static DeviceView named(String name, String deviceId, String agentVersion) {
    return new DeviceView(
        deviceId,
        name,
        "Linux",
        agentVersion,
        DeviceState.ACTIVE,
        FakeCompany.NOW,
        null,
        null,
        null);
  }

  /**
   * As the portal checks it.
   *
   * @param little as one does from before platform and version were signed
   */
  static boolean isSigned(
      EnrolDevice enrol, byte[] key, String issuer, String subject, boolean little) {
    Transcript signed =
        little
            ? EnrolDevice.transcript(issuer, subject, key, enrol.name())
            : enrol.described(issuer, subject, key);
    try {
      VerifyingKey.decode(key).verify(signed, Base64.getUrlDecoder().decode(enrol.signature()));
      return true;
    } catch (CryptoException e) {
      return false;
    }
  }

  static void json(HttpExchange exchange, int status, Object value) throws IOException {
    String body = AgentJson.mapper().writeValueAsString(value);
    Object reworded = exchange.getAttribute(REWORDED);
    FakeHttpServer.send(
        exchange,
        status,
        "application/json",
        reworded instanceof Rewording rewording ? rewording.of(body) : body);
  }

  static void bytes(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}

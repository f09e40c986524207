package org.hikae.device.company;

import static org.hikae.device.company.FakePortalResponses.bytes;
import static org.hikae.device.company.FakePortalResponses.json;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hikae.backup.wire.RunReport;
import org.hikae.device.AgentJson;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.device.vaultclient.FakeVault;
import org.hikae.enrollment.wire.About;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.ConsentText;
import org.hikae.enrollment.wire.DeviceContext;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.enrollment.wire.EnrollmentView;
import org.hikae.enrollment.wire.Nonce;
import org.hikae.enrollment.wire.OpenSession;
import org.hikae.enrollment.wire.OptIn;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.enrollment.wire.Rotate;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapMethod;

/** Keycloak, portal and vault of one employee on a local port, by the specification, unchecked. */
public final class FakeCompany implements AutoCloseable {

  public static final String SUBJECT = "subject-of-ann";
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

  private final FakeHttpServer server;
  private final FakeVault vault;
  private final List<String> deviceIds = new CopyOnWriteArrayList<>();
  private final Map<String, String> deviceOfSession = new HashMap<>();
  private final Map<String, WrapView> wraps = new LinkedHashMap<>();
  private final List<RunReport> reports = new CopyOnWriteArrayList<>();
  private final FakePortalStorage stores = new FakePortalStorage();
  private String setId = "";
  private String state = "NOT_OPTED_IN";
  private int failures;
  private long generation = 1;
  private long claimed;
  private boolean signsLittle;
  private final FakePortalDevices listed = new FakePortalDevices();
  private String cutAt = "";
  private int cutAfter;
  private boolean cutBeforeDoing;
  private int revocationFailures;
  private volatile String realm = "hikae";
  private volatile String wording = "";
  private volatile FakePortalResponses.Rewording rewording = json -> json;
  private volatile String subject = SUBJECT;
  private volatile String person = "Ann";
  private final FakePortalResponses responses = new FakePortalResponses();
  public final FakePortalLog log = responses.log;
  private final FakeOidcServer signOn = new FakeOidcServer(this::url, this::subject);
  private volatile String url;
  private volatile RequestListener requestListener = new RequestListener() {};
  private volatile int silence = 503;

  public FakeCompany() throws IOException {
    this(new FakeVault());
  }

  private FakeCompany(FakeVault vault) throws IOException {
    this.vault = vault;
    server = new FakeHttpServer(this::answer);
    url = server.uri().toString();
  }

  /** One that goes on with what another one had of its employee. */
  public static FakeCompany with(EarlierReleaseSet earlier) throws Exception {
    FakeCompany company = new FakeCompany(new FakeVault(earlier.told().vault()));
    company.setId = earlier.told().setId();
    company.generation = earlier.told().generation();
    company.state = "OPTED_IN";
    earlier.told().wraps().forEach(view -> company.wraps.put(view.wrapId(), view));
    for (String device : earlier.told().devices()) {
      company.stores.enrols(TextCodec.parseId("deviceId", device));
      company.deviceIds.add(device);
    }
    company.stores.holds(earlier.objects());
    for (EarlierReleaseSet.RecordedSnapshot recordedSnapshot : earlier.told().snapshots()) {
      company.stores.holds(recordedSnapshot.deviceId(), recordedSnapshot.commit());
    }
    return company;
  }

  public String url() {
    return url;
  }

  /**
   * From now on people are sent to another realm to sign in, which answers as the first one did.
   */
  public void signsInAt(String another) {
    realm = another;
  }

  /** From now on another person signs in; here everybody has the same backup. */
  public void signsIn(String otherSubject, String name) {
    subject = otherSubject;
    person = name;
  }

  private String subject() {
    return subject;
  }

  /** From now on all names and texts that people are shown end so. */
  public void endsTextsWith(String words) {
    wording = words;
  }

  /** From now on the portal's answers are changed so. */
  public void rewords(FakePortalResponses.Rewording how) {
    rewording = how;
  }

  /** From now on it is reached by way of this port of this computer. */
  public void reachedBy(int port) {
    url = "http://127.0.0.1:" + port;
  }

  /** Where it listens itself. */
  public InetSocketAddress address() {
    return new InetSocketAddress(server.uri().getHost(), server.uri().getPort());
  }

  /** Sees what arrives; an exception breaks the connection. */
  public interface RequestListener {
    /** Reads the body of a request, given as method and path. */
    default byte[] arriving(String request, InputStream body) throws IOException {
      return body.readAllBytes();
    }

    /** Something was stored, committed or reported, and is not answered yet. */
    default void done(String request, byte[] body) throws IOException {}
  }

  public void watchedBy(RequestListener other) {
    requestListener = other;
  }

  public FakeVault vault() {
    return vault;
  }

  /** From now on this is the status in place of a reply of the vault's; 0 for silence. */
  public void answersForTheVaultWith(int status) {
    silence = status;
  }

  public FakeOidcServer signOn() {
    return signOn;
  }

  /** What all devices have stored. */
  public FakePortalStorage stores() {
    return stores;
  }

  /**
   * From now on it says that the key of the backup has this generation, and takes what is sealed.
   */
  public void claimsGeneration(long other) {
    claimed = other;
  }

  /** Of the device that enrolled first. */
  public InMemoryBackupStore store() {
    return stores.first();
  }

  public List<RunReport> reports() {
    return reports;
  }

  public String state() {
    return state;
  }

  public Map<String, WrapView> wraps() {
    return wraps;
  }

  public FakePortalResponses responses() {
    return responses;
  }

  public void signedInAt(Instant time) {
    signOn.signedInAt(time);
  }

  public void answerGrantWith(String error, int polls) {
    signOn.answerGrantWith(error, polls);
  }

  public List<String> requests() {
    return server.requests();
  }

  /** The next opt-ins cannot be completed. */
  public void failCompletions(int count) {
    failures = count;
  }

  /** The next wraps cannot be revoked. */
  public void failRevocations(int count) {
    revocationFailures = count;
  }

  /**
   * Answers the request of this kind that comes after {@code others} of it with an error.
   *
   * @param kind wraps or rotation
   * @param before whether before it is done, or after it
   */
  public void cut(String kind, int others, boolean before) {
    cutAt = kind;
    cutAfter = others;
    cutBeforeDoing = before;
  }

  private boolean cutNow(String kind) {
    return kind.equals(cutAt) && cutAfter-- == 0;
  }

  public long generation() {
    return generation;
  }

  /** The employee withdraws on the portal's page. */
  public void withdraw() {
    state = "WITHDRAWN";
    setId = "";
    wraps.clear();
  }

  public String issuer() {
    return url() + "/realms/" + realm;
  }

  private void answer(HttpExchange exchange) throws IOException {
    // Bodies of several connections arrive at once; what they ask for is done one by one.
    byte[] body = requestListener.arriving(request(exchange), exchange.getRequestBody());
    synchronized (this) {
      answer(exchange, body);
    }
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    exchange.setAttribute(FakePortalResponses.REWORDED, rewording);
    if (path.startsWith("/realms/")) {
      signOn.answer(exchange, path, new String(body, StandardCharsets.UTF_8));
    } else if (listed.areRevoked() || carriesBoundToken(exchange)) {
      FakeHttpServer.problem(exchange, listed.refusalStatus(), listed.refusal());
    } else if (FakePortalResponses.isOutsideSession(path)) {
      responses.outsideSession(exchange, path, body);
    } else if (path.startsWith("/api/v1/device")) {
      device(exchange, path.substring("/api/v1/device".length()), body);
    } else {
      enrollment(exchange, path, body);
    }
  }

  /** WildFly's client takes no token that says it is bound to a key (ADR 2). */
  private static boolean carriesBoundToken(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header != null && header.startsWith("Bearer e30.") && FakeVault.isBound(header);
  }

  static String request(HttpExchange exchange) {
    return exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
  }

  private void enrollment(HttpExchange exchange, String path, byte[] body) throws IOException {
    switch (path) {
      case "/api/public/about" ->
          json(exchange, 200, new About("hikae", "1", 1, issuer(), "hikae-agent", url() + "/"));
      case "/api/v1/enrollment" ->
          json(
              exchange,
              200,
              new EnrollmentView(
                  issuer(),
                  subject,
                  person + wording,
                  true,
                  OptInState.valueOf(state),
                  new ConsentText(3, "en", "Consent" + wording, "You agree to a backup." + wording),
                  set(),
                  null,
                  responses.reconsent));
      case "/api/v1/enrollment/devices" -> {
        EnrolDevice enrol = AgentJson.mapper().readValue(body, EnrolDevice.class);
        byte[] key = Base64.getUrlDecoder().decode(enrol.publicKey());
        if (!FakePortalResponses.isSigned(enrol, key, issuer(), subject, signsLittle)) {
          FakeHttpServer.problem(exchange, 400, "bad-signature");
          return;
        }
        byte[] id = TextCodec.deviceId(key);
        stores.enrols(id);
        deviceIds.add(TextCodec.hex(id));
        json(exchange, 201, FakePortalResponses.view(TextCodec.hex(id)));
      }
      case "/api/v1/enrollment/nonces" ->
          json(exchange, 200, new Nonce(TextCodec.base64(new byte[32]), LATER));
      default -> {
        OpenSession open = AgentJson.mapper().readValue(body, OpenSession.class);
        String session = "session-of-" + open.deviceId();
        deviceOfSession.put(session, open.deviceId());
        json(exchange, 200, new DeviceSession(session, LATER));
      }
    }
  }

  /** What it says of the devices of its employee. */
  public FakePortalDevices listed() {
    return listed;
  }

  /** From now on it is a portal from before platform and version were signed at enrolment. */
  public void signsLittle() {
    signsLittle = true;
  }

  private void device(HttpExchange exchange, String path, byte[] body) throws IOException {
    String session = exchange.getRequestHeaders().getFirst(DeviceSession.HEADER);
    String deviceId = deviceOfSession.getOrDefault(session, "");
    if (responses.answer(exchange, path, body)) {
      return;
    }
    switch (path) {
      case "" ->
          json(
              exchange,
              200,
              new DeviceContext(
                  FakePortalResponses.named("device" + wording, deviceId, "1"),
                  person + wording,
                  OptInState.valueOf(state),
                  set(),
                  25_165_824,
                  responses.legalHoldSince,
                  responses.reconsent,
                  responses.changesAgreed));
      case "/devices" -> devices(exchange);
      case "/opt-in" -> {
        setId = AgentJson.mapper().readValue(body, OptIn.class).setId();
        state = "PENDING";
        wraps.clear();
        json(exchange, 200, set());
      }
      case "/opt-in/complete" -> {
        if (failures-- > 0) {
          FakeHttpServer.problem(exchange, 503, "busy");
          return;
        }
        state = "OPTED_IN";
        json(exchange, 200, set());
      }
      case "/wraps" -> json(exchange, 200, List.copyOf(wraps.values()));
      case "/rotation" -> rotate(exchange, body);
      case "/vault/card" -> bytes(exchange, vault.card());
      case "/vault/messages" -> {
        byte[] reply = vault.answer(body);
        if (reply == null && silence == 0) {
          throw new FakeHttpServer.SilenceException();
        } else if (reply == null) {
          FakeHttpServer.problem(exchange, silence, "vault-unavailable");
        } else {
          bytes(exchange, reply);
        }
      }
      default -> more(exchange, path, body, deviceId);
    }
  }

  private void devices(HttpExchange exchange) throws IOException {
    json(exchange, 200, listed.with(deviceIds, "device" + wording));
  }

  private void rotate(HttpExchange exchange, byte[] body) throws IOException {
    boolean cut = cutNow("rotation");
    Rotate rotate = AgentJson.mapper().readValue(body, Rotate.class);
    if (cut && cutBeforeDoing) {
      FakeHttpServer.problem(exchange, 500, "internal");
      return;
    }
    if (generation + 1 != rotate.generation()) {
      FakeHttpServer.problem(exchange, 409, "key-rotated");
      return;
    }
    long before = generation;
    wraps
        .values()
        .removeIf(
            view ->
                !(view.method() == WrapMethod.CHAIN && view.generation() < before)
                    && !view.wrapId().equals(rotate.chain())
                    && !rotate.wraps().contains(view.wrapId()));
    generation = rotate.generation();
    if (cut) {
      FakeHttpServer.problem(exchange, 500, "internal");
    } else {
      json(exchange, 200, set());
    }
  }

  private void more(HttpExchange exchange, String path, byte[] body, String deviceId)
      throws IOException {
    if (path.startsWith("/wraps/") && exchange.getRequestMethod().equals("DELETE")) {
      revoke(exchange, path.substring("/wraps/".length()));
    } else if (path.startsWith("/wraps/")) {
      String wrapId = path.substring("/wraps/".length());
      boolean cut = cutNow("wraps");
      if (cut && cutBeforeDoing) {
        FakeHttpServer.problem(exchange, 500, "internal");
        return;
      }
      PutWrap put = AgentJson.mapper().readValue(body, PutWrap.class);
      WrapView view =
          new WrapView(wrapId, put.method(), put.generation(), deviceId, NOW, put.blob());
      wraps.put(wrapId, view);
      if (cut) {
        FakeHttpServer.problem(exchange, 500, "internal");
      } else {
        json(exchange, 200, view);
      }
    } else if (path.startsWith("/restic/")) {
      responses.restic.device(exchange, path.substring("/restic".length()), body, deviceId, setId);
    } else if (path.startsWith("/runs/")) {
      reports.add(AgentJson.mapper().readValue(body, RunReport.class));
      requestListener.done(request(exchange), body);
      exchange.sendResponseHeaders(204, -1);
    } else {
      try {
        InMemoryBackupStore own = stores.of(deviceId);
        stores.answer(exchange, path, body, own, claimedGeneration(), requestListener);
      } catch (BackupStoreException | MalformedException e) {
        FakeHttpServer.problem(exchange, 404, "not-found");
      }
    }
  }

  private void revoke(HttpExchange exchange, String wrapId) throws IOException {
    boolean last = "last=true".equals(exchange.getRequestURI().getRawQuery());
    if (revocationFailures-- > 0) {
      FakeHttpServer.problem(exchange, 500, "internal");
    } else if (!last && wraps.containsKey(wrapId) && wraps.size() == 1) {
      FakeHttpServer.problem(exchange, 409, "last-wrap");
    } else {
      wraps.remove(wrapId);
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private long claimedGeneration() {
    return claimed == 0 ? generation : claimed;
  }

  private SetView set() {
    return setId.isEmpty()
        ? null
        : new SetView(
            setId,
            claimedGeneration(),
            state.equals("OPTED_IN") ? BackupSetState.ACTIVE : BackupSetState.PENDING,
            NOW,
            List.copyOf(wraps.values()));
  }

  @Override
  public void close() {
    server.close();
  }
}

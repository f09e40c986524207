package org.hikae.device.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.LastScrubView;
import org.hikae.backup.wire.MissingAnswer;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.PutResticPassword;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.backup.wire.StorageView;
import org.hikae.device.AgentException;
import org.hikae.device.http.CallDeadline;
import org.hikae.device.http.HttpCall;
import org.hikae.device.http.HttpReply;
import org.hikae.device.http.RequestBody;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsAnswer;
import org.hikae.drill.wire.RecoveryProof;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferView;
import org.hikae.enrollment.transfer.wire.OpenKeyTransfer;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.enrollment.wire.DeviceContext;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.enrollment.wire.OptIn;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.hikae.enrollment.wire.Rotate;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.policy.wire.DevicePolicy;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * What a device with a session may ask (spec HK1-R-02), typed. A session that the portal no longer
 * takes is renewed once per call. Thread-safe.
 */
public final class DevicePortalClient {

  /** Most names of one snapshot's object list. */
  public static final int MAX_OBJECT_NAMES = CommitSnapshot.MAX_NAMES;

  private static final String BASE = "/v1/device";
  private static final String RESTIC = BASE + "/restic";
  private static final Pattern RESTIC_NAME = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern RESTIC_SECRET = Pattern.compile("[A-Za-z0-9+/=_-]{1,128}");
  private static final String TRANSFERS = BASE + "/transfers";
  private static final String BYTES = "application/octet-stream";

  private final PortalHttpClient http;
  private final PortalTokenSource portalTokenSource;
  private final CurrentDeviceSession sessions;

  /** Asks with the employee's token and the device's session. */
  public DevicePortalClient(
      PortalHttpClient http, PortalTokenSource portalTokenSource, CurrentDeviceSession sessions) {
    this.http = http;
    this.portalTokenSource = portalTokenSource;
    this.sessions = sessions;
  }

  /** The portal's name, for messages. */
  String host() {
    return http.host();
  }

  /** Where the device and its employee stand. */
  public DeviceContext context() throws AgentException {
    return http.read(send(http.call("GET", BASE)), DeviceContext.class);
  }

  /** What the company's policy says for the employee. */
  public DevicePolicy policy() throws AgentException {
    return http.read(send(http.call("GET", BASE + "/policy")), DevicePolicy.class);
  }

  /** The employee's devices. */
  public List<DeviceView> devices() throws AgentException {
    return List.of(http.read(send(http.call("GET", BASE + "/devices")), DeviceView[].class));
  }

  /** Records consent and makes a PENDING set. */
  public SetView optIn(OptIn consent) throws AgentException {
    return http.read(send(http.call("POST", BASE + "/opt-in", consent)), SetView.class);
  }

  /** Agrees to a later consent text. */
  public void agree(AgreeConsent agreed) throws AgentException {
    send(http.call("POST", BASE + "/consent", agreed));
  }

  /** Ends the opt-in. */
  public SetView completeOptIn() throws AgentException {
    return http.read(send(http.call("POST", BASE + "/opt-in/complete")), SetView.class);
  }

  /** Files a wrap. */
  public void putWrap(String wrapId, PutWrap wrap) throws AgentException {
    send(http.call("PUT", BASE + "/wraps/" + wrapId, wrap));
  }

  /**
   * Has the portal stop serving a wrap; success also when it does not serve it.
   *
   * @param last whether the last wrap of K may go too
   */
  public void revokeWrap(String wrapId, boolean last) throws AgentException {
    send(http.call("DELETE", BASE + "/wraps/" + wrapId + (last ? "?last=true" : "")));
  }

  /** Makes the prepared K the key of the set. */
  public SetView rotate(Rotate rotation) throws AgentException {
    return http.read(send(http.call("POST", BASE + "/rotation", rotation)), SetView.class);
  }

  /**
   * The wraps that the portal knows of; an entry that is none has nothing in it. What the device
   * needs to know has the same list, which is taken when this one is refused (spec HK1-R-15).
   */
  public List<WrapView> wraps() throws AgentException {
    try {
      return List.of(http.read(send(http.call("GET", BASE + "/wraps")), WrapView[].class));
    } catch (AgentException e) {
      boolean refused = e.result() == RunResult.NETWORK || e.result() == RunResult.REFUSED;
      SetView set = refused ? context().set() : null;
      if (set == null) {
        throw e;
      }
      return set.wraps();
    }
  }

  /** The vault's signed card, unverified. */
  public byte[] vaultCard() throws AgentException {
    return send(octets("GET", BASE + "/vault/card", Hk1Constants.MAX_VAULT_MESSAGE_BYTES)).body();
  }

  /**
   * Relays a sealed message to the vault and its sealed reply back.
   *
   * @param deadline of a message whose answer is worth nothing later, or null
   */
  public byte[] vaultMessage(byte[] envelope, @Nullable CallDeadline deadline)
      throws AgentException {
    return send(octets("POST", BASE + "/vault/messages", 2 * Hk1Constants.MAX_VAULT_MESSAGE_BYTES)
            .withBody(BYTES, envelope)
            .withDeadline(deadline))
        .body();
  }

  /** Which of these objects are not stored; at most {@link MissingQuery#MAX_NAMES}. */
  public List<String> missing(List<String> names) throws AgentException {
    HttpCall call = http.call("POST", BASE + "/objects/missing", new MissingQuery(names));
    return http.read(send(call), MissingAnswer.class).missing();
  }

  /** Stores the first bytes of an array as an object, under their hash. */
  public void putObject(Hash256 name, byte[] bytes, int length) throws AgentException {
    RequestBody body = new RequestBody.Bytes(bytes, length);
    send(http.call("PUT", BASE + "/objects/" + name.hex()).withBody(BYTES, body));
  }

  /** An object's bytes, unverified. */
  public byte[] object(Hash256 name) throws AgentException {
    return send(octets("GET", BASE + "/objects/" + name.hex(), Hk1Constants.MAX_OBJECT_BYTES))
        .body();
  }

  /** The same in an array from {@code buffers}, which is asked for the length of what arrives. */
  public byte[] object(Hash256 name, IntFunction<byte[]> buffers) throws AgentException {
    HttpCall call = octets("GET", BASE + "/objects/" + name.hex(), Hk1Constants.MAX_OBJECT_BYTES);
    return send(call.withBuffers(buffers)).body();
  }

  /** A part of an object, unverified; the answer says itself whether it is a part. */
  public HttpReply objectRange(Hash256 name, long offset, long length) throws AgentException {
    HttpCall call =
        octets("GET", BASE + "/objects/" + name.hex(), Hk1Constants.MAX_OBJECT_BYTES)
            .withHeader("Range", "bytes=" + offset + "-" + (offset + length - 1));
    return send(call);
  }

  /** Commits a snapshot. */
  public SnapshotView commit(CommitSnapshot snapshot) throws AgentException {
    return http.read(send(http.call("POST", BASE + "/snapshots", snapshot)), SnapshotView.class);
  }

  /**
   * A page of snapshots, newest first, unverified.
   *
   * @param deviceId of one device, or null for all
   * @param after {@code next} of the page before, or null
   */
  public SnapshotPage snapshots(@Nullable String deviceId, @Nullable String after, int limit)
      throws AgentException {
    String path = BASE + "/snapshots?limit=" + limit;
    if (after != null) {
      path += "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
    }
    if (deviceId != null) {
      path += "&device=" + deviceId;
    }
    return http.read(send(http.call("GET", path)), SnapshotPage.class);
  }

  /** One snapshot. */
  public SnapshotView snapshot(String snapshotId) throws AgentException {
    return http.read(send(http.call("GET", BASE + "/snapshots/" + snapshotId)), SnapshotView.class);
  }

  /** Releases a snapshot; the answer says until when it can be taken back. */
  public SnapshotView release(String snapshotId) throws AgentException {
    return http.read(
        send(http.call("POST", BASE + "/snapshots/" + snapshotId + "/release")),
        SnapshotView.class);
  }

  /** Takes a released snapshot back. */
  public SnapshotView takeBack(String snapshotId) throws AgentException {
    return http.read(
        send(http.call("DELETE", BASE + "/snapshots/" + snapshotId + "/release")),
        SnapshotView.class);
  }

  /** What the employee's backup takes. */
  public StorageView storage() throws AgentException {
    return http.read(send(http.call("GET", BASE + "/storage")), StorageView.class);
  }

  /** What the portal says of how it last read everything again; nothing of it is proved. */
  public LastScrubView lastScrub() throws AgentException {
    return http.read(send(http.call("GET", BASE + "/scrub")), LastScrubView.class);
  }

  /** The plain list of a snapshot's objects, joined, unverified. */
  public byte[] objectNames(String snapshotId) throws AgentException {
    return send(octets(
            "GET",
            BASE + "/snapshots/" + snapshotId + "/objects",
            MAX_OBJECT_NAMES * Hk1Constants.HASH_BYTES))
        .body();
  }

  /** The employee's restic repositories, unverified. */
  public List<OwnResticRepository> resticRepositories() throws AgentException {
    HttpCall call = http.call("GET", RESTIC + "/repositories");
    return List.of(http.read(send(call), OwnResticRepository[].class));
  }

  /** Keeps the next password of a restic repository, which is sealed. */
  public void keepResticPassword(String repository, PutResticPassword password)
      throws AgentException {
    send(http.call("PUT", RESTIC + "/repositories/" + repository + "/password", password));
  }

  /** A new credential for this device's own restic repository, which is made if there is none. */
  public NewResticCredential giveResticCredential() throws AgentException {
    return checked(send(http.call("POST", RESTIC + "/credentials")));
  }

  /** A new credential of this device for any of the employee's restic repositories. */
  public NewResticCredential giveResticCredential(String repository) throws AgentException {
    HttpCall call = http.call("POST", RESTIC + "/repositories/" + repository + "/credentials");
    return checked(send(call));
  }

  /** People paste it into a shell: it has nothing that a shell would take for something else. */
  private NewResticCredential checked(HttpReply answer) throws AgentException {
    NewResticCredential given = http.read(answer, NewResticCredential.class);
    if (RESTIC_NAME.matcher(given.repository()).matches()
        && RESTIC_NAME.matcher(given.username()).matches()
        && RESTIC_SECRET.matcher(given.password()).matches()) {
      return given;
    }
    throw new AgentException(RunResult.NETWORK, "network.not-the-portal", "");
  }

  /** The newest restic credentials of all of the employee's devices. */
  public List<ResticCredentialView> resticCredentials() throws AgentException {
    HttpCall call = http.call("GET", RESTIC + "/credentials");
    return List.of(http.read(send(call), ResticCredentialView[].class));
  }

  /** Ends a restic credential. */
  public void revokeResticCredential(String username) throws AgentException {
    send(http.call("DELETE", RESTIC + "/credentials/" + username));
  }

  /** Which devices of the employee ask for K, unverified. */
  public List<KeyTransferView> keyTransfers() throws AgentException {
    return List.of(http.read(send(http.call("GET", TRANSFERS)), KeyTransferView[].class));
  }

  /** Asks for K. */
  public void openKeyTransfer(String transferId, OpenKeyTransfer request) throws AgentException {
    send(http.call("PUT", TRANSFERS + "/" + transferId, request));
  }

  /** What two devices have told each other, unverified. */
  public KeyTransferView keyTransfer(String transferId) throws AgentException {
    return http.read(send(http.call("GET", TRANSFERS + "/" + transferId)), KeyTransferView.class);
  }

  /** Passes the next message to the other device. */
  public void sayInKeyTransfer(String transferId, KeyTransferMessage message)
      throws AgentException {
    send(http.call("POST", TRANSFERS + "/" + transferId + "/messages", message));
  }

  /** Reports a run. */
  public void putRun(String runId, RunReport report) throws AgentException {
    send(http.call("PUT", BASE + "/runs/" + runId, report));
  }

  /** Sends diagnostics, which the person has read. */
  public DiagnosticsAnswer sendDiagnostics(Diagnostics told) throws AgentException {
    return http.read(send(http.call("POST", BASE + "/diagnostics", told)), DiagnosticsAnswer.class);
  }

  /** Shows that something of the backup could be recovered. */
  public void sendRecoveryProof(RecoveryProof proof) throws AgentException {
    send(http.call("POST", BASE + "/recovery-proofs", proof));
  }

  private HttpCall octets(String method, String path, int maxAnswerBytes) {
    return http.call(method, path)
        .withHeader("Accept", BYTES + ", application/problem+json")
        .withMaxAnswerBytes(maxAnswerBytes);
  }

  private HttpReply send(HttpCall call) throws AgentException {
    String session = sessions.session();
    try {
      return http.authorised(call.withHeader(DeviceSession.HEADER, session), portalTokenSource);
    } catch (PortalRefusalException e) {
      if (!e.is(ProblemCode.DEVICE_SESSION_REQUIRED)) {
        throw e;
      }
      String other = sessions.renewed(session);
      return http.authorised(call.withHeader(DeviceSession.HEADER, other), portalTokenSource);
    }
  }
}

package org.hikae.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.drill.wire.RecoveryProof;
import org.hikae.drill.wire.RecoveryProofKind;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.enrollment.wire.OpenSession;
import org.hikae.enrollment.wire.OptIn;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;

/**
 * A device by the specification alone: its key, its session, and bytes that only look like sealed
 * ones, because the portal could not tell them from real ones anyway.
 */
public final class ApiDevice {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String VERSION = "1.0.0-test";

  private final SigningKey key;
  private final String issuer;
  private final ApiClient employee;
  private final String id;
  private final String setId = TextCodec.hex(random(Hk1Constants.ID_BYTES));

  private ApiDevice(SigningKey key, String issuer, ApiClient employee) {
    this.key = key;
    this.issuer = issuer;
    this.employee = employee;
    this.id = TextCodec.hex(TextCodec.deviceId(key.publicKey().encode()));
  }

  /** Makes a key and makes the device known. */
  public static ApiDevice enrol(ApiClient employee, String name) {
    ApiDevice device = unknown(employee);
    ApiReply reply = device.enrolAs(name);
    assertThat(reply.status()).as("%s", reply).isEqualTo(201);
    return device;
  }

  /** A device with a key that the portal has never seen. */
  public static ApiDevice unknown(ApiClient employee) {
    return new ApiDevice(
        SigningKey.generate(RANDOM), employee.get("/v1/enrollment").field("issuer"), employee);
  }

  /** Makes the device known under a name. */
  public ApiReply enrolAs(String name) {
    byte[] spki = key.publicKey().encode();
    String subject = employee.get("/v1/enrollment").field("subject");
    byte[] signature =
        key.sign(EnrolDevice.described(issuer, subject, spki, name, "Linux", VERSION));
    return employee.json(
        "POST",
        "/v1/enrollment/devices",
        new EnrolDevice(
            name, "Linux", VERSION, TextCodec.base64(spki), TextCodec.base64(signature)));
  }

  /** The device's identifier, hexadecimal. */
  public String id() {
    return id;
  }

  /** The set that this device would opt in with, hexadecimal. */
  public String setId() {
    return setId;
  }

  /** Asks for a nonce. */
  public ApiReply nonce() {
    return employee.json("POST", "/v1/enrollment/nonces", Map.of("deviceId", id));
  }

  /** Signs a nonce and asks for a session with it. */
  public ApiReply open(String nonce) throws MalformedException {
    return openAs(id, nonce);
  }

  /** Signs a nonce with this device's key in the name of another device. */
  public ApiReply openAs(String deviceId, String nonce) throws MalformedException {
    byte[] bytes = TextCodec.parseBase64("nonce", nonce, Hk1Constants.HASH_BYTES);
    byte[] signature =
        key.sign(OpenSession.transcript(issuer, TextCodec.parseId("deviceId", deviceId), bytes));
    return employee.json(
        "POST",
        "/v1/enrollment/sessions",
        new OpenSession(deviceId, nonce, VERSION, TextCodec.base64(signature)));
  }

  /** Shows, signed, that the password was typed now (HK1-R-18). */
  public Map<String, Object> practice() throws MalformedException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    RecoveryProof proof =
        new RecoveryProof(
            RecoveryProof.FORMAT, RecoveryProofKind.PRACTICE, now, setId, 1, null, 0, 0, "");
    byte[] signature = key.sign(proof.transcript(issuer, TextCodec.parseId("deviceId", id())));
    return Map.of(
        "format",
        proof.format(),
        "kind",
        proof.kind(),
        "madeAt",
        now.toString(),
        "setId",
        setId,
        "generation",
        1,
        "files",
        0,
        "bytes",
        0,
        "signature",
        TextCodec.base64(signature));
  }

  /** A caller with a fresh device session. */
  public ApiClient session() throws MalformedException {
    ApiReply opened = open(nonce().field("nonce"));
    assertThat(opened.status()).as("%s", opened).isBetween(200, 201);
    return employee.session(opened.field("session"));
  }

  /** Consents and completes the opt-in with one wrap for a 64-digit key. */
  public void optIn(ApiClient session) {
    int version = session.get("/v1/enrollment").json().at("/consentText/version").asInt();
    expect(200, session.json("POST", "/v1/device/opt-in", new OptIn(setId, version, "en")));
    String wrapId = TextCodec.hex(random(Hk1Constants.ID_BYTES));
    expect(201, putWrap(session, wrapId, wrap(wrapId)));
    expect(200, session.send("POST", "/v1/device/opt-in/complete", null, null));
  }

  /** Files a wrap for a 64-digit key. */
  public ApiReply putWrap(ApiClient session, String wrapId, byte[] blob) {
    return session.json(
        "PUT",
        "/v1/device/wraps/" + wrapId,
        new PutWrap(setId, 1, WrapMethod.DIGIT_KEY, TextCodec.base64(blob)));
  }

  /** Files a wrap of this kind, as a rotation prepares it. */
  public ApiReply putWrap(ApiClient session, String wrapId, WrapMethod method, int generation) {
    return session.json(
        "PUT",
        "/v1/device/wraps/" + wrapId,
        new PutWrap(setId, generation, method, TextCodec.base64(wrap(wrapId, method, generation))));
  }

  /** A wrap with the right head and a random body. */
  public byte[] wrap(String wrapId) {
    return wrap(wrapId, WrapMethod.DIGIT_KEY, 1);
  }

  private byte[] wrap(String wrapId, WrapMethod method, int generation) {
    byte[] next = ByteBuffer.allocate(4).putInt(generation + 1).array();
    try {
      ByteArrayOutputStream wrap = new ByteArrayOutputStream();
      wrap.writeBytes(
          new WrapHeader(
                  method,
                  TextCodec.parseId("setId", setId),
                  generation,
                  TextCodec.parseId("wrapId", wrapId),
                  random(32),
                  method == WrapMethod.CHAIN ? next : new byte[0])
              .encode());
      wrap.writeBytes(random(WrapHeader.BODY_BYTES));
      return wrap.toByteArray();
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Stores bytes under their hash and gives the name. */
  public static String store(ApiClient session, byte[] bytes) {
    String name = Hash256.sha256(bytes).hex();
    expect(201, session.bytes("PUT", "/v1/device/objects/" + name, bytes));
    return name;
  }

  /** The first snapshot of this device's series. */
  public CommitSnapshot first(String root, List<String> packs) {
    return snapshot(1, Hash256.ZERO.hex(), root, packs, packs);
  }

  /** A snapshot of this device's series. */
  public CommitSnapshot snapshot(
      long sequence, String previous, String root, List<String> whole, List<String> added) {
    List<Hash256> hashes = whole.stream().map(ApiDevice::hash).toList();
    return new CommitSnapshot(
        setId,
        1,
        sequence,
        previous,
        root,
        ObjectList.hash(hashes).hex(),
        added,
        List.of(),
        whole.size(),
        1000);
  }

  /** The same commit into another set of the employee's, which another device opted in with. */
  public static CommitSnapshot inSet(String setId, CommitSnapshot commit) {
    return new CommitSnapshot(
        setId,
        commit.generation(),
        commit.sequence(),
        commit.previous(),
        commit.root(),
        commit.listHash(),
        commit.added(),
        commit.removed(),
        commit.files(),
        commit.plainBytes());
  }

  /** Random bytes. */
  public static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static Hash256 hash(String hex) {
    try {
      return Hash256.parse(hex);
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void expect(int status, ApiReply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
  }
}

package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hikae.caller.boundary.CurrentCaller;
import org.hikae.caller.boundary.FromClient;
import org.hikae.enrollment.control.DeviceKey;
import org.hikae.enrollment.control.Fields;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.entity.DeviceNonce;
import org.hikae.enrollment.entity.Devices;
import org.hikae.enrollment.entity.OpenedSession;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.Nonce;
import org.hikae.enrollment.wire.NonceRequest;
import org.hikae.enrollment.wire.OpenSession;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;
import org.hikae.hk1.MalformedException;
import org.hikae.identity.boundary.Directory;
import org.hikae.identity.boundary.EmployeeView;
import org.hikae.identity.wire.Realm;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Device sessions: the portal gives a nonce, the device signs it, the portal opens a session of 15
 * minutes. A nonce works once and for two minutes. Neither nonces nor sessions are stored as they
 * are.
 */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.AGENT_CLIENT)
public class DeviceSessions {

  /** How long a nonce can be used. */
  static final Duration NONCE_LIFE = Duration.ofMinutes(2);

  /** How long a session can be used. */
  static final Duration SESSION_LIFE = Duration.ofMinutes(15);

  /** Most nonces of one device that can be used at a time. */
  static final int MAX_NONCES = 20;

  @Inject private Directory directory;
  @Inject private Devices devices;
  @Inject private CurrentCaller currentCaller;
  @Inject private SecureRandom random;
  @Inject private Clock clock;

  /** A nonce for a device of the caller. */
  public Nonce nonce(NonceRequest request) {
    String deviceId = Fields.id("deviceId", request.deviceId());
    Device device = acting(devices.find(deviceId, directory.me().employeeId()));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    devices.forgetExpired(device.deviceId(), now);
    if (devices.countNonces(device.deviceId(), now) >= MAX_NONCES) {
      throw Refusal.retryAfter(
          ProblemCode.TOO_MANY_REQUESTS, Math.toIntExact(NONCE_LIFE.toSeconds()));
    }
    byte[] nonce = fresh();
    Instant expiresAt = now.plus(NONCE_LIFE);
    devices.add(new DeviceNonce(Hash256.sha256(nonce).hex(), device.deviceId(), expiresAt));
    return new Nonce(Ids.base64(nonce), expiresAt.toString());
  }

  /** Opens a session for a device of the caller that signed a nonce. */
  public DeviceSession open(OpenSession request) {
    Fields.text("agentVersion", request.agentVersion(), 50);
    byte[] nonce = Fields.bytes("nonce", request.nonce(), Hk1.HASH_BYTES);
    byte[] signature = Fields.bytes("signature", request.signature(), Hk1.SIGNATURE_BYTES);
    EmployeeView me = directory.me();
    String deviceId = Fields.id("deviceId", request.deviceId());
    Device device = acting(devices.toChange(deviceId, me.employeeId()));
    byte[] signed =
        OpenSession.signedBytes(me.issuer(), Fields.idBytes("deviceId", request.deviceId()), nonce);
    if (!key(device).verifies(signed, signature)) {
      throw Refusal.of(ProblemCode.BAD_SIGNATURE);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (!devices.useNonce(Hash256.sha256(nonce).hex(), device.deviceId(), now)) {
      throw Refusal.of(ProblemCode.DEVICE_SESSION_REQUIRED);
    }
    String session = Ids.base64(fresh());
    Instant expiresAt = now.plus(SESSION_LIFE);
    devices.add(
        new OpenedSession(
            DeviceGate.hash(session), device.deviceId(), me.employeeId(), now, expiresAt));
    device.seen(request.agentVersion(), now);
    device.signedInWith(currentCaller.caller().sessionId());
    return new DeviceSession(session, expiresAt.toString());
  }

  private static Device acting(Optional<Device> own) {
    Device device = own.orElseThrow(Refusal::notFound);
    DeviceGate.requireMayAct(device.state());
    return device;
  }

  private static DeviceKey key(Device device) {
    try {
      return DeviceKey.parse(device.publicKey());
    } catch (MalformedException e) {
      throw new IllegalStateException("A stored device key is damaged", e);
    }
  }

  private byte[] fresh() {
    byte[] bytes = new byte[Hk1.HASH_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }
}

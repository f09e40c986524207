package org.hikae.enrollment.service;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.enrollment.control.DeviceKey;
import org.hikae.enrollment.control.EnrollmentRequestFields;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.entity.OpenedSession;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.OpenSession;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * The two steps of opening a session, each in a transaction of its own: a wrong signature takes the
 * second back, and the nonce stays used. One transaction after the other, not one in the other, so
 * that many devices at once never wait for each other's connections.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DeviceSessionSteps {

  /** How long a session can be used. */
  static final Duration SESSION_LIFE = Duration.ofMinutes(15);

  @Inject private DeviceStore devices;
  @Inject private CurrentCaller currentCaller;
  @Inject private SecureRandom random;
  @Inject private Clock clock;

  /**
   * What a device shows.
   *
   * @param deviceId which one it says it is
   * @param nonce a nonce that was used up just now
   * @param signature by its key over {@link OpenSession#transcript}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Proof(String deviceId, byte[] nonce, byte[] signature) {}

  /** Uses a nonce up; refused unless it is one of this device that nobody has tried yet. */
  public void useNonce(EmployeeView me, String deviceId, byte[] nonce) {
    Device device = acting(devices.find(deviceId, me.employeeId()));
    if (!devices.useNonce(Hash256.sha256(nonce).hex(), device.deviceId(), now())) {
      throw Refusal.of(ProblemCode.DEVICE_SESSION_REQUIRED);
    }
  }

  /** Opens a session for a device that shows that it has its key. */
  public DeviceSession open(EmployeeView me, Proof proof, String agentVersion) {
    Device device = acting(devices.toChange(proof.deviceId(), me.employeeId()));
    byte[] id = EnrollmentRequestFields.idBytes("deviceId", proof.deviceId());
    byte[] signed = OpenSession.signedBytes(me.issuer(), id, proof.nonce());
    if (!key(device).verifies(signed, proof.signature())) {
      throw Refusal.of(ProblemCode.BAD_SIGNATURE);
    }
    byte[] secret = new byte[Hk1Constants.HASH_BYTES];
    random.nextBytes(secret);
    String session = TextCodec.base64(secret);
    Instant now = now();
    Instant expiresAt = now.plus(SESSION_LIFE);
    devices.add(
        new OpenedSession(
            DeviceAuthenticator.hash(session), device.deviceId(), me.employeeId(), now, expiresAt));
    device.seen(agentVersion, now);
    device.signedInWith(currentCaller.caller().sessionId());
    return new DeviceSession(session, expiresAt);
  }

  public static Device acting(Optional<Device> own) {
    Device device = own.orElseThrow(Refusal::notFound);
    DeviceAuthenticator.requireMayAct(device.state());
    return device;
  }

  private static DeviceKey key(Device device) {
    try {
      return DeviceKey.parse(device.publicKey());
    } catch (MalformedException e) {
      throw new IllegalStateException("A stored device key is damaged", e);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}

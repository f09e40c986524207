package org.hikae.enrollment.boundary;

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
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.control.EnrollmentRequestFields;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.entity.DeviceNonce;
import org.hikae.enrollment.service.DeviceSessionSteps;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.Nonce;
import org.hikae.enrollment.wire.NonceRequest;
import org.hikae.enrollment.wire.OpenSession;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Device sessions: the portal gives a nonce, the device signs it, the portal opens a session of 15
 * minutes. A nonce works for one try and for two minutes. Neither nonces nor sessions are stored as
 * they are.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class DeviceSessionCommands {

  /** How long a nonce can be used. */
  public static final Duration NONCE_LIFE = Duration.ofMinutes(2);

  /** Most nonces of one device that can be used at a time. */
  public static final int MAX_NONCES = 20;

  @Inject private EmployeeDirectory directory;
  @Inject private DeviceStore devices;
  @Inject private DeviceSessionSteps sessionSteps;
  @Inject private SecureRandom random;
  @Inject private Clock clock;

  /** A nonce for a device of the caller. */
  public Nonce nonce(NonceRequest request) {
    String deviceId = EnrollmentRequestFields.id("deviceId", request.deviceId());
    Device device = DeviceSessionSteps.acting(devices.find(deviceId, directory.me().employeeId()));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    devices.forgetExpired(device.deviceId(), now);
    if (devices.countNonces(device.deviceId(), now) >= MAX_NONCES) {
      throw Refusal.retryAfter(
          ProblemCode.TOO_MANY_REQUESTS, Math.toIntExact(NONCE_LIFE.toSeconds()));
    }
    byte[] nonce = fresh();
    Instant expiresAt = now.plus(NONCE_LIFE);
    devices.add(new DeviceNonce(Hash256.sha256(nonce).hex(), device.deviceId(), expiresAt));
    return new Nonce(TextCodec.base64(nonce), expiresAt);
  }

  /**
   * Opens a session for a device of the caller that signed a nonce. The nonce is gone with the
   * first signature that is tried on it, right or wrong.
   */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public DeviceSession open(OpenSession request) {
    EnrollmentRequestFields.text("agentVersion", request.agentVersion(), 50);
    byte[] nonce = EnrollmentRequestFields.bytes("nonce", request.nonce(), Hk1Constants.HASH_BYTES);
    byte[] signature =
        EnrollmentRequestFields.bytes(
            "signature", request.signature(), Hk1Constants.SIGNATURE_BYTES);
    String deviceId = EnrollmentRequestFields.id("deviceId", request.deviceId());
    EmployeeView me = directory.me();
    sessionSteps.useNonce(me, deviceId, nonce);
    DeviceSessionSteps.Proof proof = new DeviceSessionSteps.Proof(deviceId, nonce, signature);
    return sessionSteps.open(me, proof, request.agentVersion());
  }

  private byte[] fresh() {
    byte[] bytes = new byte[Hk1Constants.HASH_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }
}

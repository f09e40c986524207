package org.hikae.enrollment.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.enrollment.control.DeviceActionRules;
import org.hikae.enrollment.control.EnrollmentRequestFields;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.entity.ResticCredential;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.store.ResticCredentialStore;
import org.hikae.enrollment.value.ResticCredentialLifetime;
import org.hikae.enrollment.value.ResticCredentialScope;
import org.hikae.enrollment.view.DeviceAction;
import org.hikae.enrollment.view.ResticRepositoryRef;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Gives, lists and revokes what restic clients sign in with, for use cases that know who asks. The
 * password is shown once and kept as a hash only.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class ResticCredentialIssuer {

  /** How long a credential can be used. */
  static final Duration LIFE = Duration.ofDays(365);

  /** Most credentials of one repository that can be used at a time. */
  static final int MAX_USABLE = 10;

  /** Most credentials that are listed. */
  static final int MAX_LISTED = 200;

  private static final String OBJECT = "restic-credential:";

  @Inject private ResticCredentialStore credentials;
  @Inject private DeviceStore devices;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;
  @Inject private SecureRandom random;
  @Inject private Clock clock;

  /** Refuses a device that is not this employee's, or that was stopped. */
  public void requireMayAct(long employeeId, String deviceId) {
    DeviceAuthenticator.requireMayAct(device(employeeId, deviceId).state());
  }

  /** Those of the employee's devices that may get a credential, oldest first. */
  public List<DeviceView> devices(long employeeId) {
    return devices.of(employeeId, EnrollmentViewMapper.MAX_DEVICES).stream()
        .filter(
            device ->
                DeviceActionRules.actions(device.state()).contains(DeviceAction.GET_CREDENTIAL))
        .map(EnrollmentViewMapper::of)
        .toList();
  }

  private Device device(long employeeId, String deviceId) {
    return devices
        .find(EnrollmentRequestFields.id("deviceId", deviceId), employeeId)
        .orElseThrow(Refusal::notFound);
  }

  /** A new credential of a device, for one repository. */
  public NewResticCredential give(long employeeId, String deviceId, ResticRepositoryRef place) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (credentials.countUsable(place.repositoryId(), now) >= MAX_USABLE) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    Device device = device(employeeId, deviceId);
    String user = TextCodec.hex(fresh(Hk1Constants.ID_BYTES));
    String password = TextCodec.base64(fresh(Hk1Constants.HASH_BYTES));
    ResticCredential credential =
        new ResticCredential(
            user,
            DeviceAuthenticator.hash(password),
            device,
            new ResticCredentialScope(place.setId(), place.repositoryId(), place.resticId()),
            new ResticCredentialLifetime(now, now.plus(LIFE)));
    credentials.add(credential);
    trail.recordAbout(
        employeeId,
        "restic.credential",
        OBJECT + user,
        Map.of("deviceId", deviceId, "repository", place.resticId()));
    outbox.tell(
        employeeId,
        NoticeKind.RESTIC_CREDENTIAL,
        Map.of("name", device.name(), "deviceId", deviceId));
    return new NewResticCredential(place.resticId(), user, password, credential.expiresAt());
  }

  /** The employee's credentials, newest first. */
  public List<ResticCredentialView> list(long employeeId) {
    Instant now = clock.instant();
    return credentials.of(employeeId, MAX_LISTED).stream().map(one -> view(one, now)).toList();
  }

  /** Ends a credential of the employee; ending it twice is success. */
  public void revoke(long employeeId, String credentialId) {
    ResticCredential credential =
        credentials.find(credentialId, employeeId).orElseThrow(Refusal::notFound);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (credential.revokedAt() == null) {
      credential.revoke(now);
      trail.recordAbout(
          employeeId,
          "restic.credential-revoke",
          OBJECT + credentialId,
          Map.of("repository", credential.resticId()));
      outbox.tell(
          employeeId,
          NoticeKind.RESTIC_CREDENTIAL_REVOKED,
          Map.of("deviceId", credential.deviceId()));
    }
  }

  private static ResticCredentialView view(ResticCredential credential, Instant now) {
    return new ResticCredentialView(
        credential.credentialId(),
        credential.resticId(),
        credential.deviceId(),
        credential.usable(now),
        credential.madeAt(),
        credential.expiresAt(),
        credential.lastUsedAt(),
        credential.revokedAt());
  }

  private byte[] fresh(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}

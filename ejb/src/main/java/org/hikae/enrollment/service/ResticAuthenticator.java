package org.hikae.enrollment.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hikae.enrollment.control.BasicCredentials;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.store.ResticCredentialStore;
import org.hikae.enrollment.value.ResticAdmission;
import org.hikae.enrollment.view.ResticCaller;
import org.hikae.enrollment.view.ResticRequest;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.identity.view.EmployeeChanged;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ActorLimit;

/**
 * Every request of a restic client passes here, in the transaction of its use case (HK1-G-02). It
 * is no caller of Keycloak's: the credential is all that counts, and one query tells whether it
 * lives, and whether its device, its employee and its set may act. Revoking any of them therefore
 * takes effect with the next request.
 *
 * <p>Who does not have the right password, or not for this repository, learns no more than that.
 */
@Stateless
@PermitAll
public class ResticAuthenticator {

  /** How exactly the last use of a credential is known. */
  static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  /** Wrong passwords of one user name in a minute that are answered as such. */
  private static final ActorLimit FAILURES = new ActorLimit(60, Duration.ofMinutes(1), 10_000);

  /** What is compared with where there is no such user name. */
  private static final String NO_HASH = DeviceAuthenticator.hash("");

  private static final Pattern USER = Pattern.compile("[0-9a-f]{32}");

  @Inject private ResticCredentialStore credentials;
  @Inject private BackupSetStore sets;
  @Inject private DeviceStore devices;
  @Inject private ConsentRenewal consentRenewal;
  @Inject private Event<EmployeeChanged> changed;
  @Inject private Clock clock;

  /**
   * The client that asks, which may read; also from a set that was withdrawn and not erased yet.
   */
  public ResticCaller admit(ResticRequest request) {
    return caller(admission(request));
  }

  /** The client that asks, which may add something, too. */
  public ResticCaller admitTaking(ResticRequest request) {
    ResticAdmission admission = admission(request);
    if (admission.setState() != BackupSetState.ACTIVE) {
      throw Refusal.of(ProblemCode.NOT_OPTED_IN);
    }
    if (consentRenewal.paused(admission.employee().employeeId())) {
      throw Refusal.of(ProblemCode.CONSENT_REQUIRED);
    }
    return caller(admission);
  }

  private ResticAdmission admission(ResticRequest request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    BasicCredentials given =
        BasicCredentials.parse(request.authorization())
            // Of another form is none of ours, and no text for a query.
            .filter(pair -> USER.matcher(pair.user()).matches())
            .orElseThrow(() -> Refusal.of(ProblemCode.UNAUTHENTICATED));
    Optional<ResticAdmission> found = credentials.admission(given.user(), now);
    String expected = found.map(ResticAdmission::secretHash).orElse(NO_HASH);
    boolean known = isSame(expected, DeviceAuthenticator.hash(given.password()));
    ResticAdmission admission =
        found
            .filter(_ -> known)
            .filter(ResticAdmission::usable)
            .filter(one -> one.scope().resticId().equals(request.repository()))
            .orElseThrow(() -> refused(given.user(), now));
    DeviceAuthenticator.requireMayAct(admission.employee().state());
    DeviceAuthenticator.requireMayAct(admission.device().state());
    Instant last = admission.lastUsedAt();
    Instant since = now.minus(NOTED_EVERY);
    if (last == null || last.isBefore(since)) {
      credentials.used(given.user(), now, since);
    }
    return admission;
  }

  private static Refusal refused(String user, Instant now) {
    return FAILURES.allow(user, now)
        ? Refusal.of(ProblemCode.UNAUTHENTICATED)
        : Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, FAILURES.secondsUntilNext(user, now));
  }

  /** In a time that does not depend on where they differ. */
  private static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
  }

  private static ResticCaller caller(ResticAdmission admission) {
    return new ResticCaller(
        admission.employee().employeeId(),
        admission.device().deviceId(),
        admission.scope().setId(),
        admission.scope().repositoryId());
  }

  /**
   * Holds the set until the caller's transaction ends and makes sure that it still takes something:
   * an opt-out waits for what is about to be answered, and after it nothing enters.
   */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public void lockTaking(ResticCaller caller) {
    if (!sets.lockActive(caller.setId())) {
      throw Refusal.of(ProblemCode.NOT_OPTED_IN);
    }
  }

  /** The client has stored a new snapshot just now. */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public void backedUp(ResticCaller caller) {
    devices
        .toChange(caller.deviceId(), caller.employeeId())
        .ifPresent((Device found) -> found.backedUpByRestic(clock.instant()));
    changed.fire(new EmployeeChanged(caller.employeeId()));
  }
}

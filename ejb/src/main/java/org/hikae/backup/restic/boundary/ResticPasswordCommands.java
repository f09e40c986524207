package org.hikae.backup.restic.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.control.BackupRequestFields;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.ResticPassword;
import org.hikae.backup.restic.control.ResticPasswordCheck;
import org.hikae.backup.store.ResticPasswordStore;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.PutResticPassword;
import org.hikae.backup.wire.ResticPasswordView;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.CurrentSet;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.service.ResticCredentialIssuer;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.enrollment.view.ResticRepositoryRef;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.hk1.ResticWrap;
import org.hikae.hk1.TextCodec;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Lets each device of an employee find all of the employee's restic repositories, with restic's
 * passwords as sealed bytes that only a device with K opens (HK1-G-10), and gives it a credential
 * of its own for any of them (HK1-G-11).
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class ResticPasswordCommands {

  /** Most repositories that are listed. */
  static final int MAX_LISTED = 100;

  @Inject private DeviceAuthenticator authenticator;
  @Inject private CurrentSet sets;
  @Inject private ResticPasswordStore passwords;
  @Inject private ResticCredentialIssuer credentialIssuer;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** The employee's restic repositories, oldest first, each with its passwords. */
  public List<OwnResticRepository> list(@Nullable String session) {
    long employeeId = authenticator.admit(session).employeeId();
    return passwords.repositories(employeeId, MAX_LISTED).stream()
        .map(one -> view(employeeId, one))
        .toList();
  }

  /**
   * Keeps a password as the next one of a repository of the employee's active set; the same again
   * is success. None is ever overwritten, so that whoever has a device cannot take the others'
   * passwords away.
   */
  public void keep(@Nullable String session, String repository, PutResticPassword put) {
    DeviceCaller caller = authenticator.admit(session);
    byte[] wrap = ResticPasswordCheck.wrap(put);
    CurrentSet.Active set = sets.requireActive(caller.employeeId());
    BackupRepository place =
        passwords
            .repository(caller.employeeId(), BackupRequestFields.id("repository", repository))
            .filter(found -> found.setId().equals(put.setId()))
            .filter(found -> found.setId().equals(set.setId()))
            .orElseThrow(Refusal::notFound);
    // Two at once: the second waits here and then finds what the first has kept.
    sets.lockActive(new CurrentSet.Active(set.setId(), put.generation()));
    List<ResticPassword> kept = passwords.of(caller.employeeId(), place.id());
    Optional<ResticPassword> same =
        kept.stream().filter(one -> one.number() == put.number()).findFirst();
    if (same.isPresent()) {
      requireSame(same.get(), put.generation(), wrap);
      return;
    }
    if (put.number() != kept.size() + 1 || kept.size() >= ResticWrap.MAX_KEPT) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    passwords.add(
        new ResticPassword(
            place,
            put.number(),
            put.generation(),
            caller.deviceId(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            wrap));
    trail.recordAbout(
        caller.employeeId(),
        "restic.password",
        "restic-repository:" + place.resticId(),
        Map.of("deviceId", caller.deviceId(), "number", String.valueOf(put.number())));
  }

  private static void requireSame(ResticPassword kept, long generation, byte[] wrap) {
    boolean same =
        kept.generation() == generation && Arrays.mismatch(kept.wrappedPassword(), wrap) < 0;
    if (!same) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
  }

  /**
   * A new credential of the device that calls, for any of the employee's repositories, of whatever
   * device it is; this is how a new device reads what a lost one has stored.
   */
  public NewResticCredential give(@Nullable String session, String repository) {
    DeviceCaller caller = authenticator.admit(session);
    BackupRepository place =
        passwords
            .repository(caller.employeeId(), BackupRequestFields.id("repository", repository))
            .orElseThrow(Refusal::notFound);
    return credentialIssuer.give(
        caller.employeeId(),
        caller.deviceId(),
        new ResticRepositoryRef(place.setId(), place.id(), place.resticId()));
  }

  private OwnResticRepository view(long employeeId, BackupRepository one) {
    return new OwnResticRepository(
        one.resticId(),
        one.setId(),
        String.valueOf(one.deviceId()),
        one.createdAt(),
        passwords.of(employeeId, one.id()).stream().map(ResticPasswordCommands::view).toList());
  }

  private static ResticPasswordView view(ResticPassword one) {
    return new ResticPasswordView(
        one.number(),
        one.generation(),
        one.deviceId(),
        one.storedAt(),
        TextCodec.base64(one.wrappedPassword()));
  }
}

package org.hikae.drill.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.FromClient;
import org.hikae.drill.control.RecoveryProofRules;
import org.hikae.drill.entity.StoredRecoveryProof;
import org.hikae.drill.store.RecoveryProofStore;
import org.hikae.drill.wire.RecoveryProof;
import org.hikae.drill.wire.RecoveryProofKind;
import org.hikae.enrollment.service.CurrentSet;
import org.hikae.enrollment.service.DeviceActivity;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.service.DeviceSignatureCheck;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what devices show of being able to recover (spec HK1-R-18): the newest of each kind of each
 * device, signed by its key. One that is sent again, or is older than what is kept, changes
 * nothing. The trail says that one came, and of which kind.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class RecoveryProofCommands {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private DeviceActivity activity;
  @Inject private DeviceSignatureCheck signatureCheck;
  @Inject private CurrentSet currentSet;
  @Inject private RecoveryProofStore proofStore;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** Keeps a proof of the calling device for its employee's active set. */
  public void send(@Nullable String session, RecoveryProof proof) {
    DeviceCaller device = authenticator.admit(session);
    requireSigned(device, proof);
    requireOwn(device, proof);
    // Held so that no two of a kind become two rows.
    activity.lock(device);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (!RecoveryProofRules.isTimely(proof.madeAt(), now)) {
      throw Refusal.malformed(
          "madeAt must be at most "
              + RecoveryProofRules.OLDEST.toDays()
              + " days before the server's time, and at most "
              + RecoveryProofRules.AHEAD.toMinutes()
              + " minutes after it.");
    }
    Optional<StoredRecoveryProof> kept = proofStore.newest(device.deviceId(), proof.kind());
    if (kept.isEmpty()) {
      proofStore.add(new StoredRecoveryProof(device.deviceId(), device.employeeId(), proof, now));
    } else if (proof.madeAt().isAfter(kept.get().madeAt())) {
      requireRate(kept.get(), now);
      kept.get().replace(proof, now);
    } else {
      return;
    }
    trail.recordAbout(
        device.employeeId(),
        proof.kind() == RecoveryProofKind.DRILL ? "device.drill" : "device.practice",
        "device:" + device.deviceId(),
        Map.of());
  }

  private static void requireRate(StoredRecoveryProof kept, Instant now) {
    OptionalInt seconds = RecoveryProofRules.secondsUntilNext(kept.receivedAt(), now);
    if (seconds.isPresent()) {
      throw Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, seconds.getAsInt());
    }
  }

  private void requireSigned(DeviceCaller device, RecoveryProof proof) {
    try {
      proof.requireValid();
      signatureCheck.require(
          device,
          proof
              .transcript(
                  device.caller().issuer(), TextCodec.parseId("deviceId", device.deviceId()))
              .toBytes(),
          proof.signatureBytes());
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }

  /** Its set is the employee's active one, and a drill's snapshot is of that set. */
  private void requireOwn(DeviceCaller device, RecoveryProof proof) {
    CurrentSet.Active set = currentSet.requireActive(device.employeeId());
    boolean own =
        set.setId().equals(proof.setId())
            && proof.generation() <= set.generation()
            && (proof.kind() != RecoveryProofKind.DRILL
                || proofStore.hasSnapshot(device.employeeId(), proof));
    if (!own) {
      throw Refusal.notFound();
    }
  }
}

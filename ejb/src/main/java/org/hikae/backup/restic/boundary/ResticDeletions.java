package org.hikae.backup.restic.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.control.BackupRequestFields;
import org.hikae.backup.entity.ResticObject;
import org.hikae.backup.restic.service.ResticReleaseAlarm;
import org.hikae.backup.restic.service.ResticStorageAccounting;
import org.hikae.backup.service.ChangeAlarms;
import org.hikae.backup.service.Quota;
import org.hikae.backup.store.ResticObjectStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.wire.ResticType;
import org.hikae.enrollment.service.BackupSetLock;
import org.hikae.enrollment.service.ResticAuthenticator;
import org.hikae.enrollment.view.ResticCaller;
import org.hikae.enrollment.view.ResticRequest;
import org.hikae.policy.service.Policies;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * What restic deletes (HK1-G-05): locks go; anything else is released, which destroys nothing, or
 * refused where the policy does not allow that, or while an alarm about changed files stands
 * (HK1-H-12). Deleting what is not there is success.
 */
@Stateless
@PermitAll
public class ResticDeletions {

  @Inject private ResticAuthenticator authenticator;
  @Inject private BackupSetLock backupSetLock;
  @Inject private Policies policies;
  @Inject private ResticObjectStore restic;
  @Inject private StoredObjectStore objects;
  @Inject private CiphertextStore store;
  @Inject private ResticStorageAccounting accounting;
  @Inject private ChangeAlarms changeAlarms;
  @Inject private ResticReleaseAlarm alarm;
  @Inject private Quota quota;
  @Inject private Clock clock;

  /** Deletes an object as far as restic can; a name of null is for the config. */
  public void delete(ResticRequest request, ResticType type, @Nullable String name) {
    ResticCaller caller = authenticator.admit(request);
    if (type != ResticType.LOCKS && !policies.deviceRules(caller.employeeId()).resticMayRelease()) {
      throw Refusal.of(ProblemCode.RELEASE_NOT_ALLOWED);
    }
    if (type != ResticType.LOCKS) {
      changeAlarms.refuseWhileOn(caller.employeeId(), clock.instant());
    }
    backupSetLock.lock(caller.setId());
    Optional<ObjectRef> there =
        name == null
            ? restic.liveConfig(caller.repositoryId())
            : restic.live(caller.repositoryId(), type, BackupRequestFields.nameOf(name));
    if (there.isEmpty()) {
      return;
    }
    ResticObject object = restic.of(there.get().id(), type).orElseThrow();
    if (type == ResticType.LOCKS) {
      forget(caller, object, there.get());
    } else {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      object.release(now);
      alarm.released(caller, type, now);
      accounting.released(caller.employeeId(), there.get());
    }
  }

  /**
   * The bytes go with the lock, unless restic has or had them as something else, too. They go at
   * once, because they do not count any more: else somebody could fill the disk with locks.
   */
  private void forget(ResticCaller caller, ResticObject lock, ObjectRef stored) {
    restic.remove(lock);
    if (!restic.uses(stored.id()).isUnknown()) {
      accounting.released(caller.employeeId(), stored);
      return;
    }
    store.erase(new ObjectKey(stored.repositoryId(), stored.name()));
    objects.sweep(stored.repositoryId(), List.of(stored));
    quota.change(caller.employeeId(), -stored.sizeBytes(), 0);
  }
}

package org.hikae.backup.service;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.RottenObject;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.store.IdleObjectStore;
import org.hikae.backup.store.RottenObjectStore;
import org.hikae.backup.store.StorageUseStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.CurrentSet;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.hk1.Hash256;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Takes received objects into the repository of the employee's active set. Once {@link #store} has
 * returned, the object is committed; when it throws, nothing of it is there.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class ObjectIntake {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private CurrentSet sets;
  @Inject private StoredObjectStore objects;
  @Inject private RottenObjectStore rottenObjects;
  @Inject private CiphertextStore store;
  @Inject private IdleObjectStore idle;
  @Inject private StorageUseStore uses;
  @Inject private Quota quota;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /**
   * Who may send.
   *
   * @param employeeId whose object it will be
   * @param limits what they may use; counts for this upload, however slowly it comes
   */
  public record AdmittedUpload(long employeeId, Quota.Limits limits) {}

  /**
   * Refuses who may not send, before a body is read, and what the quota has no room for unless it
   * is stored already. Makes the repository for the first object of a set: in a transaction of its
   * own, because {@link #store} takes its locks in the other order.
   */
  public AdmittedUpload admit(@Nullable String session, Hash256 name, long bytes) {
    DeviceCaller device = authenticator.admit(session);
    CurrentSet.Active set = sets.requireTaking(device.employeeId());
    Optional<BackupRepository> repository = objects.repositoryOf(set.setId());
    if (repository.isEmpty()) {
      makeRepository(device.employeeId(), set);
    }
    boolean known =
        repository.isPresent()
            && objects.standing(repository.get().id(), name)
                == StoredObjectStore.ObjectStatus.PRESENT;
    Quota.Limits limits = quota.limits(device.employeeId());
    if (!known) {
      quota.requireRoom(device.employeeId(), bytes, limits);
    }
    return new AdmittedUpload(device.employeeId(), limits);
  }

  private void makeRepository(long employeeId, CurrentSet.Active set) {
    // Two first objects at once: the second waits here and then finds what the first has made.
    sets.lockActive(set);
    if (objects.repositoryOf(set.setId()).isEmpty()) {
      objects.add(new BackupRepository(set.setId(), employeeId, clock.instant()));
      uses.open(employeeId);
    }
  }

  /**
   * Stores an object whose name was checked.
   *
   * @param limits what {@link #admit} has answered
   * @return whether it was stored now, be it in place of bytes that rotted; false when it was there
   *     before
   */
  public boolean store(@Nullable String session, Hash256 name, byte[] bytes, Quota.Limits limits) {
    DeviceCaller device = authenticator.admit(session);
    CurrentSet.Active set = sets.requireActive(device.employeeId());
    BackupRepository repository =
        objects
            .repositoryOf(set.setId())
            // The employee changed to another set while this object was on its way.
            .orElseThrow(
                () -> Refusal.retryAfter(ProblemCode.BUSY, TransferLimits.RETRY_AFTER_SECONDS));
    long repositoryId = repository.id();
    ObjectKey key = new ObjectKey(repositoryId, name);
    switch (objects.standing(repositoryId, name)) {
      case PRESENT -> {
        return heal(set, key, bytes);
      }
      case DOOMED -> {
        // The set first, as whoever collects the object takes it.
        boolean revived = revive(device.employeeId(), set, key, limits);
        return heal(set, key, bytes) || revived;
      }
      case ABSENT -> {}
    }
    boolean fresh = store.put(key, bytes);
    if (!fresh && objects.standing(repositoryId, name) != StoredObjectStore.ObjectStatus.ABSENT) {
      // Another device's transaction was faster, and put has waited for it.
      return false;
    }
    StoredObject added =
        objects.add(new StoredObject(repositoryId, name, bytes.length, clock.instant()));
    // Late, because it is held until the commit: an opt-out either waits for this object or, when
    // it came first, keeps it out. What is counted comes after, in the order of all who count.
    sets.lockActive(set);
    objects.count(added);
    quota.charge(device.employeeId(), bytes.length, 0, limits);
    return true;
  }

  /** Keeps an object that was to be collected; it has the same bytes, or another name. */
  private boolean revive(
      long employeeId, CurrentSet.Active set, ObjectKey key, Quota.Limits limits) {
    sets.lockActive(set);
    ObjectRef there = objects.find(key.repositoryId(), Set.of(key.name())).get(key.name());
    if (there == null) {
      // It was collected while this waited for the set.
      throw Refusal.retryAfter(ProblemCode.BUSY, TransferLimits.RETRY_AFTER_SECONDS);
    }
    long[] id = {there.id()};
    if (idle.among(key.repositoryId(), id).isEmpty()) {
      return false;
    }
    idle.remove(id);
    quota.charge(employeeId, there.sizeBytes(), there.sizeBytes(), limits);
    return true;
  }

  /** Replaces bytes that are known to be wrong; the name says that these are the right ones. */
  private boolean heal(CurrentSet.Active set, ObjectKey key, byte[] bytes) {
    if (rotten(key).isEmpty()) {
      return false;
    }
    // Before the set is held: a bucket may be slow.
    store.replace(key, bytes);
    // As for a new object: an opt-out either waits or, when it came first, keeps these bytes out.
    sets.lockActive(set);
    // It was collected, or another device has healed it, while this waited.
    RottenObject rotten =
        rotten(key)
            .flatMap(rottenObjects::lock)
            .filter(RottenObject::isOpen)
            .orElseThrow(
                () -> Refusal.retryAfter(ProblemCode.BUSY, TransferLimits.RETRY_AFTER_SECONDS));
    rotten.heal(clock.instant());
    trail.record("object.healed", "object:" + key.name().hex(), Map.of());
    return true;
  }

  /** The number of an object that is known to have rotted. */
  private Optional<Long> rotten(ObjectKey key) {
    Set<Long> known = rottenObjects.openIn(key.repositoryId());
    return known.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(objects.find(key.repositoryId(), Set.of(key.name())).get(key.name()))
            .map(ObjectRef::id)
            .filter(known::contains);
  }
}

package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.control.Quota;
import org.hikae.backup.control.RequestFields;
import org.hikae.backup.control.Transfers;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.IdleObjects;
import org.hikae.backup.entity.ObjectRef;
import org.hikae.backup.entity.StorageUses;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.entity.StoredObjects;
import org.hikae.backup.store.CiphertextStore;
import org.hikae.backup.store.ObjectKey;
import org.hikae.backup.wire.MissingAnswer;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.caller.boundary.FromClient;
import org.hikae.enrollment.boundary.CurrentSet;
import org.hikae.enrollment.boundary.DeviceCaller;
import org.hikae.enrollment.boundary.DeviceGate;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.identity.wire.Realm;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Takes received objects into the repository of the employee's active set. Once {@link #store} has
 * returned, the object is committed; when it throws, nothing of it is there.
 */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.AGENT_CLIENT)
public class ObjectIntake {

  @Inject private DeviceGate gate;
  @Inject private CurrentSet sets;
  @Inject private StoredObjects objects;
  @Inject private CiphertextStore store;
  @Inject private IdleObjects idle;
  @Inject private StorageUses uses;
  @Inject private Quota quota;
  @Inject private Clock clock;

  /**
   * Refuses who may not send, before a body is read, and what the quota has no room for unless it
   * is stored already; returns the employee otherwise. Makes the repository for the first object of
   * a set: in a transaction of its own, because {@link #store} takes its locks in the other order.
   */
  public long admit(@Nullable String session, Hash256 name, long bytes) {
    DeviceCaller device = gate.admit(session);
    CurrentSet.Active set = sets.requireActive(device.employeeId());
    Optional<BackupRepository> repository = objects.repositoryOf(set.setId());
    if (repository.isEmpty()) {
      makeRepository(device.employeeId(), set);
    }
    boolean known =
        repository.isPresent()
            && objects.standing(repository.get().id(), name) == StoredObjects.Standing.PRESENT;
    if (!known) {
      quota.requireRoom(device.employeeId(), bytes);
    }
    return device.employeeId();
  }

  private void makeRepository(long employeeId, CurrentSet.Active set) {
    // Two first objects at once: the second waits here and then finds what the first has made.
    sets.holdActive(set);
    if (objects.repositoryOf(set.setId()).isEmpty()) {
      objects.add(new BackupRepository(set.setId(), employeeId, clock.instant()));
      uses.open(employeeId);
    }
  }

  /**
   * Stores an object whose name was checked.
   *
   * @return whether it was stored now; false when it was there before
   */
  public boolean store(@Nullable String session, Hash256 name, byte[] bytes) {
    DeviceCaller device = gate.admit(session);
    CurrentSet.Active set = sets.requireActive(device.employeeId());
    BackupRepository repository =
        objects
            .repositoryOf(set.setId())
            // The employee changed to another set while this object was on its way.
            .orElseThrow(() -> Refusal.retryAfter(ProblemCode.BUSY, Transfers.RETRY_AFTER_SECONDS));
    long repositoryId = repository.id();
    switch (objects.standing(repositoryId, name)) {
      case PRESENT -> {
        return false;
      }
      case DOOMED -> {
        return revive(device, set, repositoryId, name);
      }
      case ABSENT -> {}
    }
    boolean fresh = store.put(new ObjectKey(repositoryId, name), bytes);
    if (!fresh && objects.standing(repositoryId, name) != StoredObjects.Standing.ABSENT) {
      // Another device's transaction was faster, and put has waited for it.
      return false;
    }
    StoredObject added =
        objects.add(new StoredObject(repositoryId, name, bytes.length, clock.instant()));
    // Late, because it is held until the commit: an opt-out either waits for this object or, when
    // it came first, keeps it out. What is counted comes after, in the order of all who count.
    sets.holdActive(set);
    objects.count(added);
    quota.charge(device.employeeId(), bytes.length, 0);
    return true;
  }

  /** Keeps an object that was to be collected; it has the same bytes, or another name. */
  private boolean revive(
      DeviceCaller device, CurrentSet.Active set, long repositoryId, Hash256 name) {
    sets.holdActive(set);
    ObjectRef there = objects.find(repositoryId, Set.of(name)).get(name);
    if (there == null) {
      // It was collected while this waited for the set.
      throw Refusal.retryAfter(ProblemCode.BUSY, Transfers.RETRY_AFTER_SECONDS);
    }
    long[] id = {there.id()};
    if (idle.among(repositoryId, id).isEmpty()) {
      return false;
    }
    idle.remove(id);
    quota.charge(device.employeeId(), there.sizeBytes(), there.sizeBytes());
    return true;
  }

  /** Which of the asked objects the active set's repository does not have, or not for long. */
  public MissingAnswer missing(@Nullable String session, MissingQuery query) {
    DeviceCaller device = gate.admit(session);
    CurrentSet.Active set = sets.requireActive(device.employeeId());
    Set<Hash256> names = namesOf(query);
    Set<Hash256> present =
        objects
            .repositoryOf(set.setId())
            .map(repository -> objects.present(repository.id(), names))
            .orElse(Set.of());
    List<String> missing =
        names.stream().filter(name -> !present.contains(name)).map(Hash256::hex).toList();
    return new MissingAnswer(missing);
  }

  private static Set<Hash256> namesOf(MissingQuery query) {
    try {
      RequestFields.require("names", query.names());
      if (query.names().size() > MissingQuery.MAX_NAMES) {
        throw new MalformedException(
            "names may have at most " + MissingQuery.MAX_NAMES + " entries.");
      }
      return RequestFields.names("names", query.names());
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }
}

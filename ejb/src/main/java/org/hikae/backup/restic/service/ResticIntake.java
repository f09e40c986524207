package org.hikae.backup.restic.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.entity.ResticObject;
import org.hikae.backup.entity.RottenObject;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.service.Quota;
import org.hikae.backup.service.ReceivedObject;
import org.hikae.backup.service.TransferLimits;
import org.hikae.backup.store.ResticObjectStore;
import org.hikae.backup.store.RottenObjectStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.wire.ResticType;
import org.hikae.enrollment.service.ResticAuthenticator;
import org.hikae.enrollment.view.ResticCaller;
import org.hikae.enrollment.view.ResticRequest;
import org.hikae.hk1.Hash256;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Takes what restic stores into its repository, and never overwrites anything (HK1-G-04). Once
 * {@link #store} has returned, the object is committed; when it throws, nothing of it is there.
 */
@Stateless
@PermitAll
public class ResticIntake {

  /**
   * How often restic may bring one object back. An honest client does so when it repeats a request;
   * each time leaves a row, which nobody may fill by sending and releasing in a loop.
   */
  private static final int MAX_RETURNS = 50;

  /**
   * Locks of this size, and so many in a repository, have room whatever the quota says: restic
   * locks before it restores and forgets, too, which is what helps when the quota is reached.
   */
  private static final int MAX_FREE_LOCK_BYTES = 4096;

  private static final int MAX_FREE_LOCKS = 100;

  @Inject private ResticAuthenticator authenticator;
  @Inject private StoredObjectStore objects;
  @Inject private ResticObjectStore restic;
  @Inject private RottenObjectStore rottenObjects;
  @Inject private CiphertextStore store;
  @Inject private ResticStorageAccounting accounting;
  @Inject private Quota quota;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /**
   * Who may send.
   *
   * @param employeeId whose object it will be
   * @param limits what they may use; counts for this upload, however slowly it comes
   */
  public record AdmittedResticUpload(long employeeId, Quota.Limits limits) {}

  /**
   * Refuses, before a body is read, who may not send, what is there already and is not known to
   * have rotted, and what the quota has no room for.
   */
  public AdmittedResticUpload admit(
      ResticRequest request, ResticType type, Hash256 name, long bytes) {
    ResticCaller caller = authenticator.admitTaking(request);
    Optional<ObjectRef> live = restic.live(caller.repositoryId(), type, name);
    if (live.isPresent() && !isRotten(live.get())) {
      throw Refusal.of(ProblemCode.OBJECT_EXISTS);
    }
    return isFree(caller, type, bytes)
        ? new AdmittedResticUpload(caller.employeeId(), quota.limits(caller.employeeId()))
        : roomFor(caller, live.isPresent() ? 0 : bytes);
  }

  private boolean isFree(ResticCaller caller, ResticType type, long bytes) {
    return type == ResticType.LOCKS
        && bytes <= MAX_FREE_LOCK_BYTES
        && restic.countLive(caller.repositoryId(), type) < MAX_FREE_LOCKS;
  }

  /** The same for the config, of which there is one. */
  public AdmittedResticUpload admitConfig(ResticRequest request, long bytes) {
    ResticCaller caller = authenticator.admitTaking(request);
    if (restic.liveConfig(caller.repositoryId()).isPresent()) {
      throw Refusal.of(ProblemCode.OBJECT_EXISTS);
    }
    return roomFor(caller, bytes);
  }

  private AdmittedResticUpload roomFor(ResticCaller caller, long bytes) {
    Quota.Limits limits = quota.limits(caller.employeeId());
    quota.requireRoom(caller.employeeId(), bytes, limits);
    return new AdmittedResticUpload(caller.employeeId(), limits);
  }

  private boolean isRotten(ObjectRef object) {
    return rottenObjects.openIn(object.repositoryId()).contains(object.id());
  }

  /**
   * Stores an object whose name was checked, or brings it back when it was released.
   *
   * @param limits what {@link #admit} has answered
   */
  public void store(
      ResticRequest request, ResticType type, ReceivedObject received, Quota.Limits limits) {
    ResticCaller caller = authenticator.admitTaking(request);
    ObjectKey key = new ObjectKey(caller.repositoryId(), received.name());
    boolean fresh =
        (find(key).isEmpty() && add(caller, type, key, received, limits))
            || keep(caller, type, key, received, limits);
    if (fresh && type == ResticType.SNAPSHOTS) {
      authenticator.backedUp(caller);
    }
  }

  private Optional<ObjectRef> find(ObjectKey key) {
    return Optional.ofNullable(
        objects.find(key.repositoryId(), Set.of(key.name())).get(key.name()));
  }

  /** Stores bytes that are not there; false when another was faster. */
  private boolean add(
      ResticCaller caller,
      ResticType type,
      ObjectKey key,
      ReceivedObject received,
      Quota.Limits limits) {
    boolean fresh = received.putInto(store, key);
    if (!fresh && find(key).isPresent()) {
      // Another transaction was faster, and put has waited for it.
      return false;
    }
    Instant now = now();
    StoredObject stored =
        objects.add(new StoredObject(key.repositoryId(), key.name(), received.length(), now));
    // Late, because it is held until the commit; what is counted comes after it.
    authenticator.lockTaking(caller);
    requireOneConfig(caller, type);
    boolean free = isFree(caller, type, received.length());
    restic.add(new ResticObject(key.repositoryId(), type, stored.id(), now));
    objects.count(stored);
    if (free) {
      quota.change(caller.employeeId(), received.length(), 0);
    } else {
      quota.charge(caller.employeeId(), received.length(), 0, limits);
    }
    return true;
  }

  /**
   * The bytes are there: released, under another type, or rotten. Anything else is refused.
   *
   * @return whether restic did not know them under this type
   */
  private boolean keep(
      ResticCaller caller,
      ResticType type,
      ObjectKey key,
      ReceivedObject received,
      Quota.Limits limits) {
    authenticator.lockTaking(caller);
    ObjectRef there =
        find(key)
            // It was collected while this waited for the set.
            .orElseThrow(
                () -> Refusal.retryAfter(ProblemCode.BUSY, TransferLimits.RETRY_AFTER_SECONDS));
    boolean healed = heal(key, there, received);
    Optional<ResticObject> known = restic.of(there.id(), type);
    if (known.isPresent() && !known.get().isReleased()) {
      if (!healed) {
        throw Refusal.of(ProblemCode.OBJECT_EXISTS);
      }
      return false;
    }
    requireOneConfig(caller, type);
    known.ifPresentOrElse(
        this::revive,
        () -> restic.add(new ResticObject(key.repositoryId(), type, there.id(), now())));
    accounting.needed(caller.employeeId(), there, limits);
    return known.isEmpty();
  }

  private void revive(ResticObject object) {
    if (restic.returns(object) >= MAX_RETURNS) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    restic.revive(object, now());
  }

  private void requireOneConfig(ResticCaller caller, ResticType type) {
    if (type == ResticType.CONFIG && restic.liveConfig(caller.repositoryId()).isPresent()) {
      throw Refusal.of(ProblemCode.OBJECT_EXISTS);
    }
  }

  /** Replaces bytes that are known to be wrong; the name says that these are the right ones. */
  private boolean heal(ObjectKey key, ObjectRef there, ReceivedObject received) {
    Optional<RottenObject> rotten =
        Optional.of(there)
            .filter(this::isRotten)
            .flatMap(object -> rottenObjects.lock(object.id()))
            .filter(RottenObject::isOpen);
    if (rotten.isEmpty()) {
      return false;
    }
    received.replaceIn(store, key);
    rotten.get().heal(now());
    trail.recordSystem("restic", "object.healed", "object:" + key.name().hex(), Map.of());
    return true;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}

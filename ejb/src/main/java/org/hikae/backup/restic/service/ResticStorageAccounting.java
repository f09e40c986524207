package org.hikae.backup.restic.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.service.Quota;
import org.hikae.backup.store.IdleObjectStore;
import org.hikae.backup.store.MaintenanceStateStore;
import org.hikae.backup.store.ResticObjectStore;
import org.hikae.backup.store.StorageUseStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.policy.service.Policies;

/**
 * Counts the bytes of restic's objects as live or as held. What restic does not have any more is
 * held, and its hold period begins, as soon as there is room among held bytes; until then it stays
 * live, so that nobody fills the storage by sending and releasing in a loop. The caller holds the
 * set.
 */
@ApplicationScoped
public class ResticStorageAccounting {

  /** Most objects that one night lets be held in one repository. */
  static final int MAX_ADMITTED = 20_000;

  private static final int BLOCK = 1000;

  @Inject private ResticObjectStore restic;
  @Inject private IdleObjectStore idle;
  @Inject private StorageUseStore uses;
  @Inject private MaintenanceStateStore maintenanceState;
  @Inject private Quota quota;
  @Inject private Policies policies;
  @Inject private Clock clock;

  /** Restic has a stored object again, as one type at least. Refused when the quota has no room. */
  public void needed(long employeeId, ObjectRef object, Quota.Limits limits) {
    if (idle.has(object.id())) {
      idle.remove(new long[] {object.id()});
      quota.charge(employeeId, object.sizeBytes(), object.sizeBytes(), limits);
    }
  }

  /** Restic may have released the last type under which it had a stored object. */
  public void released(long employeeId, ObjectRef object) {
    if (restic.uses(object.id()).isNeeded() || idle.has(object.id())) {
      return;
    }
    long limit = policies.of(employeeId).heldBytes();
    if (uses.of(employeeId).heldBytes() <= limit - object.sizeBytes()) {
      beginHoldPeriod(employeeId, List.of(object), maintenanceState.read().now(clock.instant()));
    }
  }

  /**
   * Lets what waits be held as far as there is room: what was released first goes first, and what
   * has no room holds up the rest.
   *
   * @param kept the clock of nightly maintenance
   */
  public void admit(BackupRepository repository, Instant kept) {
    long employeeId = repository.employeeId();
    long limit = policies.of(employeeId).heldBytes();
    int admitted = 0;
    boolean more = true;
    while (more && admitted < MAX_ADMITTED) {
      List<ObjectRef> waiting = restic.waiting(repository.id(), BLOCK);
      long held = uses.of(employeeId).heldBytes();
      int fitting = 0;
      while (fitting < waiting.size() && held <= limit - waiting.get(fitting).sizeBytes()) {
        held += waiting.get(fitting).sizeBytes();
        fitting++;
      }
      beginHoldPeriod(employeeId, waiting.subList(0, fitting), kept);
      admitted += fitting;
      more = fitting == BLOCK;
    }
  }

  private void beginHoldPeriod(long employeeId, List<ObjectRef> objects, Instant kept) {
    if (objects.isEmpty()) {
      return;
    }
    long[] ids = objects.stream().mapToLong(ObjectRef::id).toArray();
    long bytes = objects.stream().mapToLong(ObjectRef::sizeBytes).sum();
    idle.add(objects.getFirst().repositoryId(), ids);
    idle.doom(ids, kept);
    quota.change(employeeId, -bytes, bytes);
  }
}

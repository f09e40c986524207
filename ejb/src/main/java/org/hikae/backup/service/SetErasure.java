package org.hikae.backup.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.store.IdleObjectStore;
import org.hikae.backup.store.SnapshotStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.enrollment.service.BackupSetLock;
import org.hikae.identity.view.EmployeeChanged;

/**
 * Destroys what a withdrawn set holds, in bounded steps within the caller's transactions. The
 * caller holds the employee and knows that nothing forbids it.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class SetErasure {

  /** Objects of one step: 1.2 GiB of the devices' largest, 8 GiB of restic's. */
  static final int STEP_OBJECTS = 50;

  /** After how long a step erases no further object, such as in a slow bucket. */
  private static final Duration STEP_TIME = Duration.ofMinutes(1);

  /** Snapshots of one step, each with a list of up to some megabytes. */
  static final int STEP_SNAPSHOTS = 100;

  @Inject private StoredObjectStore objects;
  @Inject private SnapshotStore snapshots;
  @Inject private IdleObjectStore idle;
  @Inject private CiphertextStore store;
  @Inject private Quota quota;
  @Inject private BackupSetLock backupSetLock;
  @Inject private Event<EmployeeChanged> changed;

  /**
   * What is there, or what a step destroyed.
   *
   * @param snapshots snapshots; in {@link #contents} those that can be read, in a step stubs too
   * @param objects objects
   * @param bytes their bytes
   */
  public record Contents(long snapshots, long objects, long bytes) {

    static final Contents NONE = new Contents(0, 0, 0);

    Contents plus(Contents other) {
      return new Contents(
          snapshots + other.snapshots, objects + other.objects, bytes + other.bytes);
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
      return equals(NONE);
    }
  }

  /**
   * What a step did.
   *
   * @param gone what it destroyed, with bytes that no row named left out
   * @param ended whether nothing is left
   */
  public record ErasureStep(Contents gone, boolean ended) {}

  /** What a set holds. */
  public Contents contents(String setId) {
    return objects.repositoriesIn(setId).stream()
        .map(
            repository ->
                new Contents(
                    snapshots.standingCount(repository.id()),
                    repository.objectCount(),
                    repository.storedBytes()))
        .reduce(Contents.NONE, Contents::plus);
  }

  /**
   * Destroys the next part: snapshots first, so that no list ever names what is gone, then objects
   * with their bytes, at last what held them; one repository after the other.
   *
   * @throws IllegalStateException when the set is in use
   */
  public ErasureStep step(String setId) {
    if (backupSetLock.lock(setId)) {
      throw new IllegalStateException("A set in use is not erased.");
    }
    for (BackupRepository repository : objects.repositoriesIn(setId)) {
      ErasureStep step = stepIn(repository);
      if (!step.ended()) {
        return step;
      }
    }
    return new ErasureStep(Contents.NONE, true);
  }

  /** The next part of one repository; the repository itself when nothing else is left of it. */
  private ErasureStep stepIn(BackupRepository repository) {
    int gone = snapshots.destroy(repository.id(), STEP_SNAPSHOTS);
    if (gone > 0) {
      return new ErasureStep(new Contents(gone, 0, 0), false);
    }
    List<ObjectRef> next = objects.first(repository.id(), STEP_OBJECTS);
    if (!next.isEmpty()) {
      return new ErasureStep(destroy(repository, next), false);
    }
    if (!store.eraseRepository(repository.id())) {
      return new ErasureStep(Contents.NONE, false);
    }
    snapshots.destroySeries(repository.id());
    objects.remove(repository);
    return new ErasureStep(Contents.NONE, true);
  }

  private Contents destroy(BackupRepository repository, List<ObjectRef> next) {
    List<ObjectRef> gone = erase(repository, next);
    long bytes = gone.stream().mapToLong(ObjectRef::sizeBytes).sum();
    long held = idle.bytesAmong(gone.stream().map(ObjectRef::id).toList());
    objects.sweep(repository.id(), gone);
    quota.change(repository.employeeId(), held - bytes, -held);
    changed.fire(new EmployeeChanged(repository.employeeId()));
    return new Contents(0, gone.size(), bytes);
  }

  /** The first of them, as many as a step has time for. */
  private List<ObjectRef> erase(BackupRepository repository, List<ObjectRef> next) {
    long began = System.nanoTime();
    List<ObjectRef> gone = new ArrayList<>();
    for (ObjectRef object : next) {
      store.erase(new ObjectKey(repository.id(), object.name()));
      gone.add(object);
      if (System.nanoTime() - began >= STEP_TIME.toNanos()) {
        break;
      }
    }
    return gone;
  }
}

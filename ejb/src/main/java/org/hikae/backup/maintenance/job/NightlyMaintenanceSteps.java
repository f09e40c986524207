package org.hikae.backup.maintenance.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.MaintenanceState;
import org.hikae.backup.maintenance.service.GarbageMarking;
import org.hikae.backup.maintenance.service.HoldPeriodExpiry;
import org.hikae.backup.maintenance.service.RepositoryRetention;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.restic.service.ResticStorageAccounting;
import org.hikae.backup.service.ChangeAlarms;
import org.hikae.backup.service.Quota;
import org.hikae.backup.service.SecondStore;
import org.hikae.backup.service.SecondStoreHealth;
import org.hikae.backup.store.IdleObjectStore;
import org.hikae.backup.store.MaintenanceStateStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.enrollment.service.BackupSetLock;
import org.hikae.enrollment.service.LegalHoldDisclosure;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.service.LegalHolds;
import org.hikae.identity.view.EmployeeChanged;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.service.Policies;
import org.hikae.runtime.service.Settings;

/**
 * The steps of the nightly work, each a transaction of its own that leaves everything consistent: a
 * portal that is killed loses the step it was in, and another goes on. Repeating a step does no
 * harm. Nothing here is called for a person; time comes from the caller.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class NightlyMaintenanceSteps {

  /** Repositories looked up at a time. */
  static final int PAGE = 100;

  /** Objects that one step collects: 1.2 GiB of the devices' largest, 8 GiB of restic's. */
  static final int SWEEP_OBJECTS = 50;

  /** Objects whose bytes one step removes that no row names; of a bucket a store takes fewer. */
  static final int LEFTOVERS = 500;

  private static final Duration UNFINISHED = Duration.ofDays(1);

  @Inject private MaintenanceStateStore maintenanceState;
  @Inject private StoredObjectStore objects;
  @Inject private IdleObjectStore idle;
  @Inject private CiphertextStore store;
  @Inject private SecondStore secondStore;
  @Inject private SecondStoreHealth secondStoreHealth;
  @Inject private RepositoryRetention retention;
  @Inject private HoldPeriodExpiry expiry;
  @Inject private GarbageMarking garbageMarking;
  @Inject private ResticStorageAccounting resticStorageAccounting;
  @Inject private Policies policies;
  @Inject private Quota quota;
  @Inject private EmployeeLock employeeLock;
  @Inject private LegalHolds legalHold;
  @Inject private LegalHoldDisclosure shownLegalHolds;
  @Inject private ChangeAlarms changeAlarms;
  @Inject private BackupSetLock backupSetLock;
  @Inject private Event<EmployeeChanged> changed;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;
  @Inject private Settings settings;

  /**
   * Work that was begun.
   *
   * @param cursor the repository after which it goes on
   * @param jumped whether the server's clock has jumped: then nothing is dropped or removed
   */
  public record StartedRun(long cursor, boolean jumped) {}

  /**
   * Begins the work if it is due and nobody else does it.
   *
   * @param worker who asks; the same in all steps of one portal
   * @param wall the server's clock
   * @param due work begun before this is due again
   */
  public Optional<StartedRun> begin(String worker, Instant wall, Instant due) {
    MaintenanceState row = maintenanceState.lock();
    Duration apart = row.apart(wall);
    if (!row.begin(worker, wall, due)) {
      return Optional.empty();
    }
    if (row.jumped() && row.cursor() == 0) {
      outbox.tellAdmins(
          NoticeKind.HOUSEKEEPING_CLOCK,
          Map.of("serverTime", wall.toString(), "movedSeconds", Long.toString(apart.toSeconds())));
    }
    return Optional.of(new StartedRun(row.cursor(), row.jumped()));
  }

  /** The next repositories after {@code cursor}, at most {@link #PAGE}. */
  public List<Long> repositories(long cursor) {
    return maintenanceState.repositoriesAfter(cursor, PAGE);
  }

  /**
   * Decides what stays and what goes in one repository: drops by the rules, removes what was held
   * long enough, and marks what no list needs. Of a repository of restic, which has no lists, it
   * lets be held what was released. Under legal hold, and while an alarm about changed files stands
   * or rests (spec HK1-H-12), it does nothing; under a hold of which the employee must not know it
   * does what they expect and removes nothing.
   */
  public void decide(long repositoryId, Instant wall) {
    BackupRepository repository = objects.repository(repositoryId).orElseThrow();
    boolean frozen = !mayRemoveFrom(repository, wall);
    if (changeAlarms.on(repository.employeeId(), wall)
        || (frozen && shownLegalHolds.since(repository.employeeId()).isPresent())) {
      return;
    }
    Instant kept = maintenanceState.read().now(wall);
    if (repository.isRestic()) {
      resticStorageAccounting.admit(repository, kept);
      return;
    }
    retention.apply(repository.employeeId(), repositoryId, wall);
    int removed = 0;
    if (frozen) {
      expiry.setAside(repository.employeeId(), repositoryId, kept, wall);
    } else {
      removed = expiry.apply(repository.employeeId(), repositoryId, kept, wall);
    }
    garbageMarking.settle(repository, new GarbageMarking.ClockReadings(kept, wall));
    if (removed > 0) {
      trail.recordSystemAbout(
          repository.employeeId(),
          "housekeeping",
          "snapshot.remove",
          "set:" + repository.setId(),
          Map.of("snapshots", Integer.toString(removed)));
    }
  }

  /**
   * Collects objects that were doomed long enough ago, with their bytes: a grace ago, or for restic
   * the longest hold period of all policies that still count.
   *
   * @return whether there may be more
   */
  public boolean sweep(long repositoryId, Instant wall) {
    BackupRepository repository = objects.repository(repositoryId).orElseThrow();
    if (!mayRemoveFrom(repository, wall)) {
      return false;
    }
    Duration apart =
        repository.isRestic()
            ? policies.holdPeriod(repository.employeeId())
            : settings.collectGrace();
    Instant before = maintenanceState.read().now(wall).minus(apart);
    List<ObjectRef> doomed = idle.doomedBefore(repositoryId, before, SWEEP_OBJECTS);
    if (doomed.isEmpty()) {
      return false;
    }
    // A commit that needs one of them has made it live again, or waits for the set now and will
    // look again. Bytes that are gone already were lost otherwise; the record goes all the same.
    doomed.forEach(object -> store.delete(new ObjectKey(repositoryId, object.name())));
    objects.sweep(repositoryId, doomed);
    quota.change(
        repository.employeeId(), 0, -doomed.stream().mapToLong(ObjectRef::sizeBytes).sum());
    changed.fire(new EmployeeChanged(repository.employeeId()));
    return doomed.size() == SWEEP_OBJECTS;
  }

  /**
   * Removes some bytes beside the database that no object of a repository has any more. Takes no
   * lock but those of the objects: an upload that waits for one of them may hold the set. Under
   * legal hold nothing is removed.
   *
   * @return whether there may be more
   */
  public boolean removeLeftovers(long repositoryId, Instant wall) {
    Optional<BackupRepository> repository = objects.repository(repositoryId);
    if (repository.isEmpty() || rests(repository.get().employeeId(), wall)) {
      return false;
    }
    Instant before = wall.minus(settings.collectGrace());
    return store.removeLeftovers(repositoryId, before, LEFTOVERS).more();
  }

  /**
   * The same beside the second store; and copies are to go whose object is gone, such as by a
   * portal that knew of no second store.
   *
   * @return whether there may be more
   */
  public boolean removeLeftoversOfCopies(long repositoryId, Instant wall) {
    Optional<NamedStore> second = secondStore.store();
    Optional<BackupRepository> repository = objects.repository(repositoryId);
    if (second.isEmpty() || repository.isEmpty() || rests(repository.get().employeeId(), wall)) {
      return false;
    }
    boolean moreGone = secondStore.comparison().addGone(repositoryId, wall, LEFTOVERS) == LEFTOVERS;
    Instant before = wall.minus(settings.collectGrace());
    return second.get().store().removeLeftovers(repositoryId, before, LEFTOVERS).more() || moreGone;
  }

  private boolean rests(long employeeId, Instant wall) {
    return legalHold.on(employeeId) || changeAlarms.on(employeeId, wall);
  }

  /** Whoever removes holds the employee, then asks whether all rests, and holds the set. */
  private boolean mayRemoveFrom(BackupRepository repository, Instant wall) {
    employeeLock.lock(repository.employeeId());
    boolean may = !rests(repository.employeeId(), wall);
    backupSetLock.lock(repository.setId());
    return may;
  }

  /**
   * A repository is done.
   *
   * @return whether this worker goes on; false when another has taken over
   */
  public boolean done(String worker, Instant wall, long repositoryId, boolean failed) {
    return maintenanceState.lock().done(worker, wall, repositoryId, failed);
  }

  /**
   * Removes what was being written a day ago and never came to an end: no transaction takes one.
   */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public void removeUnfinished(Instant wall) {
    store.removeUnfinished(wall.minus(UNFINISHED));
    if (secondStoreHealth.fault().isEmpty()) {
      secondStore
          .store()
          .ifPresent(second -> second.store().removeUnfinished(wall.minus(UNFINISHED)));
    }
  }

  /** All repositories are done; administrators hear of those that could not be. */
  public void end(String worker, Instant wall) {
    MaintenanceState row = maintenanceState.lock();
    if (row.failures() > 0) {
      outbox.tellAdmins(
          NoticeKind.HOUSEKEEPING_FAILED, Map.of("repositories", Integer.toString(row.failures())));
    }
    row.end(worker, wall);
  }
}

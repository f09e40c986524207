package org.hikae.backup.maintenance.job;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.RottenObject;
import org.hikae.backup.second.store.CopyComparison.StepResult;
import org.hikae.backup.second.store.CopyFigures;
import org.hikae.backup.second.store.DueCopy;
import org.hikae.backup.service.SecondStore;
import org.hikae.backup.store.RottenObjectStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.enrollment.service.BackupSetLock;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.runtime.service.Settings;

/**
 * The short transactions of copying objects to the second store. Who claims objects has them for
 * {@link #LEASE}; a portal that was killed keeps others from them no longer.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SecondStoreSteps {

  /** How long what is claimed may take before another portal does it in this one's place. */
  static final Duration LEASE = Duration.ofMinutes(10);

  /** Objects that are compared with their copies in one step. */
  static final int COMPARED = 1000;

  /** How long after all objects were compared that is done again. */
  static final Duration COMPARED_AGAIN = Duration.ofDays(1);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** How often a pause doubles before it is the longest. */
  private static final int DOUBLINGS = 6;

  @Resource private SessionContext session;
  @Inject private SecondStore secondStore;
  @Inject private CiphertextStore store;
  @Inject private StoredObjectStore storedObjects;
  @Inject private RottenObjectStore rottenObjects;
  @Inject private BackupSetLock backupSetLock;
  @Inject private Settings settings;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** Takes some of what is due. */
  public List<DueCopy> claim(int most) {
    Instant now = clock.instant();
    return secondStore.queue().claim(now, now.plus(LEASE), most);
  }

  /** Both stores agree about an object. */
  public void done(DueCopy due) {
    secondStore.queue().done(due);
  }

  /** An object could not be brought to its end: it is tried again after a pause that grows. */
  public void failed(DueCopy due, String fault) {
    secondStore.queue().failed(due, fault, clock.instant().plus(pause(due.attempts())));
  }

  /** How long an object rests that has failed so often before. */
  static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** What was claimed and not begun may be taken by anybody. */
  public void giveBack(List<DueCopy> claimed) {
    secondStore.queue().giveBack(claimed, clock.instant());
  }

  /** An object is to be looked at in the second store, although nobody has changed it. */
  public void add(ObjectKey key) {
    secondStore.queue().add(key, false, clock.instant());
  }

  /** Compares the next objects with their copies; whether there may be more. */
  public boolean compare() {
    Instant now = clock.instant();
    return secondStore.comparison().step(now, now.minus(COMPARED_AGAIN), COMPARED)
        == StepResult.LOOKED;
  }

  /** How it stands; tells administrators when an object waits for longer than the target time. */
  public CopyFigures judged() {
    CopyFigures figures = secondStore.queue().figures();
    Instant since = figures.dueSince();
    NoticeKind kind = NoticeKind.SECOND_STORE_LATE;
    if (since == null || figures.lag(clock.instant()).compareTo(settings.secondWithin()) <= 0) {
      outbox.over(kind);
    } else if (!outbox.isOpen(kind)) {
      outbox.tellOnce(since.toString(), null, kind, Map.of("since", since.toString()));
    }
    return figures;
  }

  /** An object as it is recorded; empty when it is gone. */
  public Optional<ObjectRef> object(ObjectKey key) {
    return Optional.ofNullable(
        storedObjects.find(key.repositoryId(), Set.of(key.name())).get(key.name()));
  }

  /**
   * Writes the bytes of a copy in place of what the first store has. What fits into memory is
   * compared with its name once more.
   *
   * @param copy what was found there, and is what the name says
   * @return whether it was done; false when the object is gone, or the copy is another one now
   */
  public boolean heal(ObjectKey key, long length, InputStream copy) throws IOException {
    try {
      if (!isReplaced(key, length, copy)) {
        return false;
      }
    } catch (CiphertextStoreException e) {
      // Not as it is: the container would write it into the log as a defect.
      session.setRollbackOnly();
      throw new IOException("An object could not be replaced.", e);
    }
    // As for bytes that a device sends: whoever erases either waits or, when that came first, keeps
    // these bytes out.
    Optional<BackupRepository> repository = storedObjects.repository(key.repositoryId());
    repository.ifPresent(each -> backupSetLock.lock(each.setId()));
    Optional<ObjectRef> object = object(key);
    if (object.isEmpty()) {
      session.setRollbackOnly();
      return false;
    }
    Instant now = clock.instant();
    rottenObjects
        .lock(object.get().id())
        .filter(RottenObject::isOpen)
        .ifPresent(rotten -> rotten.heal(now));
    trail.recordSystem(
        "second-store",
        "object.healed",
        "object:" + key.name().hex(),
        Map.of("objectId", String.valueOf(object.get().id())));
    return true;
  }

  private boolean isReplaced(ObjectKey key, long length, InputStream copy) throws IOException {
    if (length > Hk1Constants.MAX_OBJECT_BYTES) {
      store.replace(key, length, copy);
      return true;
    }
    byte[] bytes = copy.readNBytes(Math.toIntExact(length));
    if (!Hash256.sha256(bytes).equals(key.name())) {
      return false;
    }
    store.replace(key, bytes);
    return true;
  }

  /**
   * Runs one step of a copy in a transaction of its own; what it throws rolls back. A failure of
   * the storage is the cause of a checked exception: the container would write each into the log as
   * a defect.
   */
  public <T> T inTransaction(Callable<T> work) throws Exception {
    boolean done = false;
    try {
      T result = work.call();
      done = true;
      return result;
    } catch (CiphertextStoreException e) {
      throw new ExecutionException(e);
    } finally {
      if (!done) {
        session.setRollbackOnly();
      }
    }
  }
}

package org.hikae.backup.maintenance.job;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.move.store.StoreMoveException;
import org.hikae.backup.move.store.StoreMoveProgress;
import org.hikae.backup.move.store.StoreMoveStore;
import org.hikae.backup.service.CiphertextStoreProducer;
import org.hikae.backup.value.RotKind;

/**
 * The short transactions of moving objects from one store into another. Who moves holds a lease; a
 * portal that was killed keeps the others back for {@link #LEASE} at most. Two that move the same
 * object do no harm: its row is the lock.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class StoreMoveSteps {

  /** How long a step may take before another portal goes on in its place. */
  static final Duration LEASE = Duration.ofMinutes(10);

  @Resource private SessionContext session;
  @Inject private StoreMoveStore storeMoves;
  @Inject private CiphertextStoreProducer ciphertextStores;
  @Inject private ScrubSteps scrubSteps;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** How it stands. */
  public StoreMoveProgress read() {
    return storeMoves.read();
  }

  /** The store that objects are to come into. */
  public String target(StoreMoveProgress progress) {
    String ordered = progress.target();
    return ordered == null ? ciphertextStores.bySetting() : ordered;
  }

  /**
   * Whether every portal that runs reaches the store that objects are to come into; without an
   * order, whether their settings also name the same one.
   */
  public boolean isAgreed(StoreMoveProgress progress) {
    String target = target(progress);
    List<StoreMoveStore.RunningPortal> portals = storeMoves.portals();
    return !portals.isEmpty()
        && portals.stream()
            .allMatch(
                each ->
                    each.stores().contains(target)
                        && (progress.target() != null || each.writesTo().equals(target)));
  }

  /**
   * Takes the lease if there may be something to do. An order that nobody has acted on yet is
   * written into the audit trail.
   *
   * @return how it stands; empty when another is at it, or nothing is due
   */
  public Optional<StoreMoveProgress> begin(String holder) {
    Instant now = clock.instant();
    if (!storeMoves.read().isDue(now)) {
      return Optional.empty();
    }
    Optional<StoreMoveProgress> begun = storeMoves.begin(holder, now, now.plus(LEASE));
    begun
        .flatMap(progress -> Optional.ofNullable(progress.target()))
        .filter(storeMoves::note)
        .ifPresent(
            ordered ->
                trail.recordSystem("store-move", "store.move", "store:" + ordered, Map.of()));
    return begun;
  }

  /**
   * Says how far it has come.
   *
   * @return how it stands; empty when this one does not go on
   */
  public Optional<StoreMoveProgress> record(String holder, StoreMoveProgress progress) {
    return storeMoves.record(holder, clock.instant().plus(LEASE), progress);
  }

  /** A store could not be used. */
  public void failed(String holder, StoreMoveException failure) {
    storeMoves.failed(holder, failure.store(), failure.fault(), clock.instant());
  }

  /** An object was left where it is: devices are asked for its bytes, as after scrubbing. */
  public void left(ObjectKey key, RotKind rot) {
    scrubSteps.found(key, rot);
  }

  /** Gives the lease back. */
  public void release(String holder) {
    storeMoves.release(holder);
  }

  /** This portal runs, and reaches the stores that are set for it. */
  public void announce(String portal) {
    storeMoves.announce(
        portal,
        ciphertextStores.stores().stream().map(NamedStore::name).toList(),
        ciphertextStores.bySetting());
  }

  /** This portal ends. */
  public void withdraw(String portal) {
    storeMoves.withdraw(portal);
  }

  /**
   * Runs one step of an object's move in a transaction of its own; what it throws rolls back. A
   * failure of the storage is the cause of a checked exception: the container would write each into
   * the log as a defect.
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

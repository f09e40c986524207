package org.hikae.backup.maintenance.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.maintenance.control.ScrubBudget;
import org.hikae.backup.maintenance.service.CopyBatch;
import org.hikae.backup.maintenance.service.ObjectInspection;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.move.store.StoreMoveException;
import org.hikae.backup.second.store.DueCopy;
import org.hikae.backup.second.store.ObjectCopy;
import org.hikae.backup.second.store.ObjectCopy.CopyResult;
import org.hikae.backup.second.store.ObjectCopy.CopyStatus;
import org.hikae.backup.service.CiphertextStoreProducer;
import org.hikae.backup.service.SecondStore;
import org.hikae.backup.service.SecondStoreHealth;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.value.RotKind;
import org.hikae.runtime.service.Settings;

/**
 * Copies objects to the second store (ADR 73): what is due first, then what has no copy yet. Any
 * number of portals do so at once.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SecondStoreJob {

  private static final System.Logger LOG = System.getLogger(SecondStoreJob.class.getName());

  /** Objects that are claimed at a time. */
  private static final int CLAIMED = 16;

  /** Longest turn; the next one goes on. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Inject private SecondStore secondStore;
  @Inject private SecondStoreHealth secondStoreHealth;
  @Inject private SecondStoreSteps secondStoreSteps;
  @Inject private SecondStoreInspection secondStoreInspection;
  @Inject private ScrubSteps scrubSteps;
  @Inject private CiphertextStoreProducer ciphertextStores;
  @Inject private CiphertextStore store;
  @Inject private Settings settings;

  /** Reads how it stands, and tells when it stands badly. */
  public void judge() {
    if (secondStore.store().isPresent()) {
      secondStoreHealth.show(secondStoreSteps.judged());
    }
  }

  /** Counts how many objects have a copy. */
  public void count() {
    if (secondStore.store().isPresent()) {
      secondStoreHealth.show(secondStore.comparison().coverage());
    }
  }

  /**
   * One turn.
   *
   * @return whether there was anything to do
   * @throws StoreMoveException when a store cannot be used now
   */
  public boolean work() throws StoreMoveException {
    Optional<NamedStore> second = secondStore.store();
    if (second.isEmpty()) {
      return false;
    }
    secondStore.suspects().all().forEach(this::inspect);
    ObjectCopy copying =
        new ObjectCopy(
            NamedStore.of("STORE", ciphertextStores.first()),
            second.get(),
            key -> secondStore.queue().recordedSize(key).isPresent(),
            secondStoreSteps::inTransaction);
    ScrubBudget budget =
        new ScrubBudget(LONGEST, settings.secondBytesPerSecond(), System::nanoTime);
    CopyBatch batch = batch(copying, budget);
    boolean worked = false;
    try {
      while (!budget.isUsedUp()) {
        List<DueCopy> claimed = secondStoreSteps.claim(CLAIMED);
        if (!claimed.isEmpty()) {
          batch.work(claimed);
        } else if (!secondStoreSteps.compare()) {
          return worked;
        }
        worked = true;
      }
    } catch (InterruptedException e) {
      // The server stops; the next turn goes on.
      Thread.currentThread().interrupt();
    }
    return worked;
  }

  /** What becomes of what was claimed. */
  private CopyBatch batch(ObjectCopy copying, ScrubBudget budget) {
    return new CopyBatch(
        new CopyBatch.CopySteps() {
          @Override
          public void settle(DueCopy due) throws StoreMoveException, InterruptedException {
            if (!due.urgent()) {
              Thread.sleep(budget.pause());
            }
            long bytes = settled(copying, due);
            budget.spend(due.urgent() ? 0 : bytes);
          }

          @Override
          public void failed(DueCopy due, String fault) {
            secondStoreSteps.failed(due, fault);
          }

          @Override
          public void giveBack(List<DueCopy> rest) {
            secondStoreSteps.giveBack(rest);
          }
        });
  }

  private long settled(ObjectCopy copying, DueCopy due) throws StoreMoveException {
    CopyResult result = copying.settle(due.key(), due.erases());
    RotKind rot = result.rot();
    if (result.status() == CopyStatus.ROTTEN
        && rot != null
        && !secondStoreInspection.heal(due.key())) {
      scrubSteps.found(due.key(), rot);
    }
    secondStoreSteps.done(due);
    return result.bytes();
  }

  /** Somebody got wrong bytes of an object: it is read again, and healed if that is so. */
  private void inspect(ObjectKey key) {
    Optional<ObjectRef> object = secondStoreSteps.object(key);
    try {
      Optional<RotKind> rot = object.flatMap(new ObjectInspection(store)::inspect);
      if (rot.isPresent() && !secondStoreInspection.heal(key)) {
        scrubSteps.found(key, rot.get());
      }
      secondStore.suspects().remove(key);
    } catch (CiphertextStoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "An object could not be read again", e);
    }
  }
}

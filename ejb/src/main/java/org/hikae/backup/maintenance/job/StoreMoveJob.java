package org.hikae.backup.maintenance.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.maintenance.control.ScrubBudget;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.move.store.ObjectMove;
import org.hikae.backup.move.store.ObjectMove.MoveResult;
import org.hikae.backup.move.store.StoreMoveException;
import org.hikae.backup.move.store.StoreMoveProgress;
import org.hikae.backup.service.CiphertextStoreProducer;
import org.hikae.backup.service.StoreMoveMeter;
import org.hikae.backup.value.RotKind;
import org.jspecify.annotations.Nullable;

/**
 * Brings objects over that lie in other stores than the one that is written to (ADR 67): in the
 * order of repository and name, one after the other, as fast as was ordered. At most one portal
 * does so at a time; what one leaves when it ends, another goes on with.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StoreMoveJob {

  private static final System.Logger LOG = System.getLogger(StoreMoveJob.class.getName());

  /** Objects of one step. */
  private static final int STEP_OBJECTS = 16;

  /** Longest turn; the next one goes on. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Comparator<ObjectKey> BY_KEY =
      Comparator.comparingLong(ObjectKey::repositoryId).thenComparing(ObjectKey::name);

  @Inject private StoreMoveSteps storeMoveSteps;
  @Inject private CiphertextStoreProducer ciphertextStores;
  @Inject private StoreMoveMeter storeMoveMeter;
  @Inject private Clock clock;

  /** An object that lies elsewhere. */
  private record MovableObject(NamedStore store, ObjectKey key) {}

  /**
   * One turn, if there is anything to do.
   *
   * @param holder who does it, by a name that no other has
   * @return whether it was this one's turn
   * @throws StoreMoveException when a store cannot be used now; the row says which
   */
  public boolean work(String holder) throws StoreMoveException {
    StoreMoveProgress before = storeMoveSteps.read();
    storeMoveMeter.show(before);
    List<NamedStore> elsewhere = new ArrayList<>(ciphertextStores.stores());
    Optional<NamedStore> target = named(elsewhere, storeMoveSteps.target(before));
    target.ifPresent(elsewhere::remove);
    if (target.isEmpty()
        || elsewhere.isEmpty()
        || !storeMoveSteps.isAgreed(before)
        || (before.isEnded() && next(elsewhere, null, 1).isEmpty())) {
      return false;
    }
    Optional<StoreMoveProgress> begun = storeMoveSteps.begin(holder);
    if (begun.isEmpty()) {
      return false;
    }
    try {
      // Ordered anew since it was read: the next turn knows.
      if (begun.get().isSameOrder(before)) {
        move(holder, elsewhere, target.get(), begun.get());
      }
    } catch (InterruptedException e) {
      // The server stops; the next turn goes on.
      Thread.currentThread().interrupt();
    } catch (StoreMoveException e) {
      storeMoveSteps.failed(holder, e);
      throw e;
    } finally {
      storeMoveSteps.release(holder);
    }
    return true;
  }

  private static Optional<NamedStore> named(List<NamedStore> stores, String name) {
    return stores.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private void move(
      String holder, List<NamedStore> elsewhere, NamedStore target, StoreMoveProgress begun)
      throws StoreMoveException, InterruptedException {
    ScrubBudget budget = new ScrubBudget(LONGEST, begun.bytesPerSecond(), System::nanoTime);
    StoreMoveProgress progress = begun;
    if (progress.after() == null) {
      long count = elsewhere.stream().mapToLong(each -> each.listing().count()).sum();
      progress = progress.begun(count);
    }
    while (!budget.isUsedUp()) {
      List<MovableObject> next = next(elsewhere, progress.after(), STEP_OBJECTS);
      StoreMoveProgress reached =
          next.isEmpty()
              ? progress.ended(clock.instant())
              : step(holder, next, target, budget, progress);
      Optional<StoreMoveProgress> recorded = storeMoveSteps.record(holder, reached);
      if (recorded.isEmpty()) {
        // Another has taken over, or it was ordered anew.
        return;
      }
      progress = recorded.get();
      storeMoveMeter.show(progress);
      if (next.isEmpty()) {
        tellEnd(target, progress);
        return;
      }
    }
  }

  private StoreMoveProgress step(
      String holder,
      List<MovableObject> objects,
      NamedStore target,
      ScrubBudget budget,
      StoreMoveProgress before)
      throws StoreMoveException, InterruptedException {
    ObjectMove objectMove = new ObjectMove(storeMoveSteps::inTransaction);
    StoreMoveProgress progress = before;
    try {
      for (MovableObject each : objects) {
        if (budget.isUsedUp()) {
          break;
        }
        Thread.sleep(budget.pause());
        MoveResult result = objectMove.move(each.store(), target, each.key());
        budget.spend(result.bytes());
        RotKind rot = result.rot();
        if (rot != null) {
          LOG.log(
              System.Logger.Level.WARNING,
              "An object of repository {0} is rotten and stays in {1}: {2}, {3}",
              each.key().repositoryId(),
              each.store().name(),
              each.key().name().hex(),
              rot);
          storeMoveSteps.left(each.key(), rot);
        }
        progress = progress.with(each.key(), result);
      }
    } catch (StoreMoveException e) {
      // What was moved before counts.
      Optional<StoreMoveProgress> _ = storeMoveSteps.record(holder, progress);
      throw e;
    }
    return progress;
  }

  /** The next objects of all stores together, in order. */
  private static List<MovableObject> next(
      List<NamedStore> elsewhere, @Nullable ObjectKey after, int most) {
    return elsewhere.stream()
        .flatMap(
            store ->
                store.listing().after(after, most).stream()
                    .map(key -> new MovableObject(store, key)))
        .sorted(Comparator.comparing(MovableObject::key, BY_KEY))
        .limit(most)
        .toList();
  }

  private static void tellEnd(NamedStore target, StoreMoveProgress progress) {
    if (progress.moved() > 0 || progress.left() > 0) {
      LOG.log(
          System.Logger.Level.INFO,
          "All objects were looked at that are to come into {0}: {1} moved, {2} left",
          target.name(),
          progress.moved(),
          progress.left());
    }
  }
}

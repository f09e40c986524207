package org.hikae.backup.second.store;

import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.move.store.ObjectMove;
import org.hikae.backup.move.store.ObjectMove.MoveResult;
import org.hikae.backup.move.store.ObjectMove.MoveStatus;
import org.hikae.backup.move.store.StoreMoveException;
import org.hikae.backup.value.RotKind;
import org.jspecify.annotations.Nullable;

/**
 * Makes the second store agree with the first about one object: a copy where there is an object,
 * and none where it is gone. What is right is looked up and not remembered, so it does not matter
 * how often, by how many at once, or in which order this is done (ADR 73).
 */
public final class ObjectCopy {

  /** How often an object is looked at anew that comes and goes meanwhile. */
  private static final int MAX_TRIES = 5;

  private final NamedStore first;
  private final NamedStore second;
  private final Predicate<ObjectKey> recorded;
  private final ObjectMove.TransactionRunner transactions;
  private final ObjectMove copying;

  /**
   * Copies between two stores.
   *
   * @param recorded whether the database knows an object, wherever its bytes are
   */
  public ObjectCopy(
      NamedStore first,
      NamedStore second,
      Predicate<ObjectKey> recorded,
      ObjectMove.TransactionRunner transactions) {
    this.first = first;
    this.second = second;
    this.recorded = recorded;
    this.transactions = transactions;
    this.copying = ObjectMove.copying(transactions);
  }

  /** How both stores stand now. */
  public enum CopyStatus {
    /** The copy is right. */
    COPIED,
    /** The object is gone, and so is its copy. */
    REMOVED,
    /** The first store has no right bytes, of which a copy could be made. */
    ROTTEN
  }

  /**
   * How both stores stand now.
   *
   * @param bytes how many the copy has; 0 unless there is one
   * @param rot what is wrong in the first store; null unless that is why nothing was copied
   */
  public record CopyResult(CopyStatus status, long bytes, @Nullable RotKind rot) {}

  /**
   * Does it; outside any transaction.
   *
   * @param erases whether the bytes of a copy go at once when the object is gone
   * @throws StoreMoveException when a store or the database cannot be used now
   */
  public CopyResult settle(ObjectKey key, boolean erases) throws StoreMoveException {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      if (at(() -> first.listing().holds(key))) {
        MoveResult copied = copying.move(first, second, key);
        if (copied.status() == MoveStatus.MOVED) {
          return new CopyResult(CopyStatus.COPIED, copied.bytes(), null);
        }
        if (copied.status() == MoveStatus.LEFT) {
          return new CopyResult(CopyStatus.ROTTEN, 0, copied.rot());
        }
      } else if (at(() -> recorded.test(key))) {
        // Even its row is lost: nothing is removed where the copy is the last that is left.
        return new CopyResult(CopyStatus.ROTTEN, 0, RotKind.MISSING);
      } else if (isRemoved(key, erases)) {
        return new CopyResult(CopyStatus.REMOVED, 0, null);
      }
    }
    throw new StoreMoveException(
        "",
        "DATABASE",
        "An object comes and goes all the time.",
        new IllegalStateException("Object " + key.name().hex()));
  }

  /**
   * Removes a copy, unless the object has come again. The copy's row is held before that is asked:
   * whoever copies the object that comes later waits for it, and finds no copy.
   */
  private boolean isRemoved(ObjectKey key, boolean erases) throws StoreMoveException {
    return at(
        () ->
            transactions.run(
                () -> {
                  if (!second.listing().lock(key)) {
                    return true;
                  }
                  if (first.listing().holds(key) || recorded.test(key)) {
                    return false;
                  }
                  boolean _ = erases ? second.store().erase(key) : second.store().delete(key);
                  return true;
                }));
  }

  private <T> T at(Callable<T> work) throws StoreMoveException {
    return ObjectMove.at(second, work);
  }
}

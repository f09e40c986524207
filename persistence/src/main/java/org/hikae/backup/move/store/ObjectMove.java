package org.hikae.backup.move.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.backup.value.RotKind;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.jspecify.annotations.Nullable;

/**
 * Moves one object from one store into another: copies it in a transaction, reads the copy again,
 * and deletes what it was made of in another transaction (ADR 67). Whoever is killed in between
 * leaves the object in both, and the next move goes on from there. An object whose bytes are not
 * what its name says stays where it is. {@link #copying} does the same and deletes nothing (ADR
 * 73).
 */
public final class ObjectMove {

  /** Objects up to this size are in memory while they move: those of devices. */
  static final int IN_MEMORY_BYTES = Hk1Constants.MAX_OBJECT_BYTES;

  private static final int MAX_CAUSES = 20;

  private final TransactionRunner transactions;
  private final boolean deletes;

  /** Moves in these transactions. */
  public ObjectMove(TransactionRunner transactions) {
    this(transactions, true);
  }

  private ObjectMove(TransactionRunner transactions, boolean deletes) {
    this.transactions = transactions;
    this.deletes = deletes;
  }

  /** One that leaves the object where it was, too: its end is that both stores have it. */
  public static ObjectMove copying(TransactionRunner transactions) {
    return new ObjectMove(transactions, false);
  }

  /** Runs something in a transaction of its own: committed on return, rolled back on a throw. */
  @FunctionalInterface
  public interface TransactionRunner {

    /** Runs it, and throws what it throws, perhaps as the cause of another exception. */
    <T> T run(Callable<T> work) throws Exception;
  }

  /** What became of an object. */
  public enum MoveStatus {
    /** It lies in the other store only; in both when it was to be copied. */
    MOVED,
    /** It was deleted, or somebody else has moved it. */
    GONE,
    /** It is rotten, and was left where it is. */
    LEFT
  }

  /**
   * What became of an object.
   *
   * @param bytes how many were moved; 0 unless it was
   * @param rot what is wrong with it; null unless it was left
   */
  public record MoveResult(MoveStatus status, long bytes, @Nullable RotKind rot) {

    static final MoveResult GONE = new MoveResult(MoveStatus.GONE, 0, null);

    static MoveResult left(RotKind rot) {
      return new MoveResult(MoveStatus.LEFT, 0, rot);
    }
  }

  /**
   * Moves an object; outside any transaction.
   *
   * @throws StoreMoveException when a store or the database cannot be used; the object is where it
   *     was, or in both
   */
  public MoveResult move(NamedStore from, NamedStore to, ObjectKey key) throws StoreMoveException {
    if (from.name().equals(to.name())) {
      throw new IllegalArgumentException("An object moves from one store into another.");
    }
    // A move that was interrupted has made the copy, or somebody has sent the object again.
    if (at(to, () -> to.listing().holds(key))) {
      Optional<StoredDigest> copy = at(to, () -> to.store().digest(key));
      if (copy.isPresent() && isRight(key, copy.get())) {
        return end(from, to, key, copy.get().sizeBytes());
      }
    }
    OptionalLong size = at(from, () -> from.store().size(key));
    if (size.isEmpty()) {
      return at(from, () -> from.listing().holds(key))
          ? MoveResult.left(RotKind.MISSING)
          : MoveResult.GONE;
    }
    return size.getAsLong() <= IN_MEMORY_BYTES
        ? moveInMemory(from, to, key, (int) size.getAsLong())
        : moveStreamed(from, to, key, size.getAsLong());
  }

  private static boolean isRight(ObjectKey key, StoredDigest read) {
    return read.hash().equals(key.name());
  }

  private MoveResult moveInMemory(NamedStore from, NamedStore to, ObjectKey key, int size)
      throws StoreMoveException {
    byte[] bytes = read(from, key, size).orElse(null);
    if (bytes == null || !Hash256.sha256(bytes).equals(key.name())) {
      // A wire or a memory may have been at fault.
      bytes = read(from, key, size).orElse(null);
    }
    if (bytes == null) {
      return unreadable(from, key);
    }
    if (!Hash256.sha256(bytes).equals(key.name())) {
      return MoveResult.left(RotKind.MISMATCH);
    }
    byte[] right = bytes;
    return copied(from, to, key, size, (store, fresh) -> write(store, key, right, fresh));
  }

  private static void write(CiphertextStore store, ObjectKey key, byte[] bytes, boolean fresh) {
    if (fresh) {
      boolean _ = store.put(key, bytes);
    } else {
      store.replace(key, bytes);
    }
  }

  /** What is too large for memory is read twice, and compared before any of it is written. */
  private MoveResult moveStreamed(NamedStore from, NamedStore to, ObjectKey key, long size)
      throws StoreMoveException {
    Optional<StoredDigest> read = at(from, () -> from.store().digest(key));
    if (read.isEmpty() || !isRight(key, read.get())) {
      read = at(from, () -> from.store().digest(key));
    }
    if (read.isEmpty()) {
      return unreadable(from, key);
    }
    if (!isRight(key, read.get())) {
      return MoveResult.left(RotKind.MISMATCH);
    }
    return copied(
        from,
        to,
        key,
        size,
        (store, fresh) -> {
          try (InputStream bytes = opened(from, key, size)) {
            if (fresh) {
              boolean _ = store.put(key, size, bytes);
            } else {
              store.replace(key, size, bytes);
            }
          }
        });
  }

  private static InputStream opened(NamedStore from, ObjectKey key, long size)
      throws StoreMoveException {
    return at(
        from,
        () ->
            from.store()
                .open(key, 0, size)
                .orElseThrow(() -> new IOException("The object went while it was moved.")));
  }

  /** The bytes; empty when they cannot be read although the store as a whole can be used. */
  private static Optional<byte[]> read(NamedStore from, ObjectKey key, int size)
      throws StoreMoveException {
    try {
      Optional<InputStream> opened = from.store().open(key, 0, size);
      if (opened.isEmpty()) {
        return Optional.empty();
      }
      try (InputStream bytes = opened.get()) {
        return Optional.of(bytes.readNBytes(size));
      }
    } catch (IOException | CiphertextStoreException e) {
      requireAnswers(from, e);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      // Its size has changed since it was asked for.
      return Optional.empty();
    }
  }

  /** When the store still answers, it is these bytes that it cannot read; else it fails. */
  private static void requireAnswers(NamedStore from, Exception failure) throws StoreMoveException {
    Optional<VolumeFault> fault = fault(failure);
    if (fault.filter(VolumeFault::isOfThePlace).isPresent()) {
      throw failed(from, failure);
    }
    Optional<VolumeFault> now = at(from, () -> from.store().probe());
    if (now.filter(each -> each.isOfThePlace() || each == VolumeFault.FAILING).isPresent()) {
      throw failed(from, failure);
    }
  }

  /** It was deleted meanwhile, or cannot be read. */
  private static MoveResult unreadable(NamedStore from, ObjectKey key) throws StoreMoveException {
    return at(from, () -> from.listing().holds(key))
        ? MoveResult.left(RotKind.UNREADABLE)
        : MoveResult.GONE;
  }

  /** Writes the bytes of an object into a store. */
  @FunctionalInterface
  private interface ObjectWriter {

    void write(CiphertextStore store, boolean fresh) throws IOException, StoreMoveException;
  }

  private MoveResult copied(
      NamedStore from, NamedStore to, ObjectKey key, long size, ObjectWriter writer)
      throws StoreMoveException {
    try (CiphertextStore.WritePermit _ = at(to, () -> to.store().admitWriter())) {
      boolean there =
          inTransaction(
              to,
              () -> {
                // First, so that who deletes the object waits for its copy, or there is none.
                if (!from.listing().lock(key)) {
                  return false;
                }
                writer.write(to.store(), !to.listing().holds(key));
                return true;
              });
      if (!there) {
        return MoveResult.GONE;
      }
    }
    Optional<StoredDigest> copy = at(to, () -> to.store().digest(key));
    if (copy.isPresent() && copy.get().sizeBytes() == size && isRight(key, copy.get())) {
      return end(from, to, key, size);
    }
    // What was acknowledged is not there: neither it nor anything else is entrusted to this store.
    // Unless it was deleted, by somebody for whose end the lock waits.
    boolean lies =
        inTransaction(
            to,
            () -> {
              if (!from.listing().lock(key)) {
                return false;
              }
              boolean _ = to.store().delete(key);
              return true;
            });
    if (!lies) {
      return MoveResult.GONE;
    }
    throw new StoreMoveException(
        to.name(),
        "MISMATCH",
        "The store " + to.name() + " gives other bytes than it has acknowledged.",
        new IOException("object " + key.name().hex()));
  }

  /** The copy is right: what it was made of goes, unless it is to stay. */
  private MoveResult end(NamedStore from, NamedStore to, ObjectKey key, long size)
      throws StoreMoveException {
    boolean ended =
        inTransaction(
            from,
            () ->
                from.listing().lock(key)
                    // Who takes the copy away holds its row: it is there to stay, or gone.
                    && (deletes ? to.listing().holds(key) : to.listing().lock(key))
                    && (!deletes || from.store().delete(key)));
    return ended ? new MoveResult(MoveStatus.MOVED, size, null) : MoveResult.GONE;
  }

  private <T> T inTransaction(NamedStore store, Callable<T> work) throws StoreMoveException {
    return at(store, () -> transactions.run(work));
  }

  /**
   * Does something at a store, whose failure is told as that store's.
   *
   * @throws StoreMoveException when it fails; names the store, or the database with the rows
   */
  public static <T> T at(NamedStore store, Callable<T> work) throws StoreMoveException {
    try {
      return work.call();
    } catch (StoreMoveException e) {
      throw e;
    } catch (Exception e) {
      throw failed(store, e);
    }
  }

  private static StoreMoveException failed(NamedStore store, Exception failure) {
    Optional<VolumeFault> fault = fault(failure);
    return fault.isPresent()
        ? new StoreMoveException(
            store.name(),
            fault.get().name(),
            "The store " + store.name() + " cannot be used now: " + fault.get() + ".",
            failure)
        : new StoreMoveException(
            "", "DATABASE", "The database cannot be used, or the object was in use.", failure);
  }

  private static Optional<VolumeFault> fault(Exception failure) {
    @Nullable Throwable each = failure;
    for (int looked = 0; each != null && looked < MAX_CAUSES; looked++) {
      if (each instanceof IOException storage) {
        return Optional.of(VolumeFault.of(storage));
      }
      each = each.getCause();
    }
    return Optional.empty();
  }
}

package org.hikae.backup.second.store;

import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.backup.move.store.NamedStore;

/**
 * A store whose objects are copied to a second one (ADR 73). What is written, replaced or deleted
 * is so in the first, and noted for the second in the same transaction; nobody waits for the
 * second. Only erasure of a repository does: it ends when nothing is left in either. What is read
 * comes from the second where the first has lost it, fails, or was found to give wrong bytes.
 *
 * <p>{@link #exists} and {@link #digest} tell of the first alone: they are how its faults are
 * found.
 */
public final class CopiedCiphertextStore implements CiphertextStore {

  private static final System.Logger LOG = System.getLogger(CopiedCiphertextStore.class.getName());

  /** Copies that one step of an erasure removes, and after how long it removes no further one. */
  private static final int STEP_OBJECTS = 50;

  private static final Duration STEP_TIME = Duration.ofMinutes(1);

  private final CiphertextStore first;
  private final NamedStore second;
  private final CopyQueue queue;
  private final SuspectCache suspects;
  private final Clock clock;

  /**
   * Puts two stores together.
   *
   * @param first what portals have without a second store
   * @param second where copies lie
   */
  public CopiedCiphertextStore(
      CiphertextStore first,
      NamedStore second,
      CopyQueue queue,
      SuspectCache suspects,
      Clock clock) {
    this.first = first;
    this.second = second;
    this.queue = queue;
    this.suspects = suspects;
    this.clock = clock;
  }

  @Override
  public WritePermit admitWriter() {
    return first.admitWriter();
  }

  @Override
  public boolean put(ObjectKey key, byte[] bytes) {
    return noted(key, first.put(key, bytes));
  }

  @Override
  public boolean put(ObjectKey key, long length, InputStream bytes) {
    return noted(key, first.put(key, length, bytes));
  }

  @Override
  public boolean delete(ObjectKey key) {
    return noted(key, first.delete(key));
  }

  private boolean noted(ObjectKey key, boolean changed) {
    if (changed) {
      queue.add(key, false, clock.instant());
    }
    return changed;
  }

  @Override
  public void replace(ObjectKey key, byte[] bytes) {
    first.replace(key, bytes);
    queue.add(key, false, clock.instant());
  }

  @Override
  public void replace(ObjectKey key, long length, InputStream bytes) {
    first.replace(key, length, bytes);
    queue.add(key, false, clock.instant());
  }

  /** Does not wait for the second store; its bytes go when the queue comes to them. */
  @Override
  public boolean erase(ObjectKey key) {
    boolean there = first.erase(key);
    queue.add(key, true, clock.instant());
    return there;
  }

  @Override
  public boolean exists(ObjectKey key) {
    return first.exists(key);
  }

  @Override
  public Optional<StoredDigest> digest(ObjectKey key) {
    return first.digest(key);
  }

  @Override
  public OptionalLong size(ObjectKey key) {
    OptionalLong recorded = queue.recordedSize(key);
    OptionalLong size;
    try {
      size = first.size(key);
    } catch (CiphertextStoreException e) {
      if (recorded.isPresent() && copySize(key).equals(recorded)) {
        return recorded;
      }
      throw e;
    }
    return recorded.isPresent() && !size.equals(recorded) && copySize(key).equals(recorded)
        ? recorded
        : size;
  }

  private OptionalLong copySize(ObjectKey key) {
    try {
      return second.store().size(key);
    } catch (CiphertextStoreException e) {
      unavailable(e);
      return OptionalLong.empty();
    }
  }

  private static void unavailable(CiphertextStoreException failure) {
    LOG.log(System.Logger.Level.WARNING, "A copy cannot be read: {0}", failure.getMessage());
  }

  @Override
  public Optional<InputStream> open(ObjectKey key, long offset, long length) {
    OptionalLong recorded = queue.recordedSize(key);
    if (recorded.isEmpty()) {
      // Nobody's object, or one that is put at this moment.
      return first.open(key, offset, length);
    }
    if (suspects.contains(key) && isCopyRight(key)) {
      return openCopy(key, offset, length);
    }
    Optional<InputStream> opened;
    try {
      opened = first.open(key, offset, length);
    } catch (CiphertextStoreException | IllegalArgumentException e) {
      return Optional.of(
          openCopy(key, offset, length).map(copy -> suspected(key, copy)).orElseThrow(() -> e));
    }
    if (opened.isEmpty()) {
      return openCopy(key, offset, length).map(copy -> suspected(key, copy));
    }
    boolean whole =
        offset == 0 && length == recorded.getAsLong() && length > 0 && !suspects.contains(key);
    return Optional.of(
        new FallbackStream(
            key,
            offset,
            length,
            opened.get(),
            whole,
            (from, count) -> openCopy(key, from, count),
            suspects));
  }

  private InputStream suspected(ObjectKey key, InputStream copy) {
    suspects.add(key);
    return copy;
  }

  private boolean isCopyRight(ObjectKey key) {
    try {
      return second.store().digest(key).filter(copy -> copy.hash().equals(key.name())).isPresent();
    } catch (CiphertextStoreException e) {
      unavailable(e);
      return false;
    }
  }

  private Optional<InputStream> openCopy(ObjectKey key, long offset, long length) {
    try {
      return second.store().open(key, offset, length);
    } catch (CiphertextStoreException e) {
      unavailable(e);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      // The copy is shorter than the object: it is no better.
      return Optional.empty();
    }
  }

  /** Both stores: a receipt says that nothing is left anywhere. */
  @Override
  public boolean eraseRepository(long repositoryId) {
    if (!first.eraseRepository(repositoryId)) {
      return false;
    }
    long began = System.nanoTime();
    List<ObjectKey> copies = queue.copiesOf(repositoryId, STEP_OBJECTS);
    for (ObjectKey each : copies) {
      boolean _ = second.store().erase(each);
      if (System.nanoTime() - began >= STEP_TIME.toNanos()) {
        return false;
      }
    }
    if (!copies.isEmpty() || !second.store().eraseRepository(repositoryId)) {
      return false;
    }
    queue.forget(repositoryId);
    return true;
  }

  /** In the first alone: trouble of the second is not to keep that from being tidied. */
  @Override
  public CleanedObjects removeLeftovers(long repositoryId, Instant before, int most) {
    return first.removeLeftovers(repositoryId, before, most);
  }

  @Override
  public void removeUnfinished(Instant before) {
    first.removeUnfinished(before);
  }

  @Override
  public Optional<VolumeFault> probe() {
    return first.probe();
  }
}

package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Two stores while objects move from the former into the present one. Each object lies in one of
 * them, and moves in a transaction. What is written goes to the present store, what is read is
 * looked for in both.
 *
 * <p>Whoever changes an object asks the former store first. A move takes its row there last: so a
 * deletion either finds the object in the former store, or waits for the move and finds it in the
 * present one.
 */
public final class MovingCiphertextStore implements CiphertextStore {

  /** After how long a step of bringing over ends: its transaction must not take too long. */
  private static final Duration MAX_STEP = Duration.ofMinutes(1);

  private final CiphertextStore present;
  private final CiphertextStore former;
  private final CiphertextListing listing;

  /** Puts two stores together. */
  public <T extends CiphertextStore & CiphertextListing> MovingCiphertextStore(
      CiphertextStore present, T former) {
    this.present = present;
    this.former = former;
    this.listing = former;
  }

  @Override
  public WritePermit admitWriter() {
    return present.admitWriter();
  }

  @Override
  public boolean put(ObjectKey key, byte[] bytes) {
    return !former.exists(key) && present.put(key, bytes);
  }

  @Override
  public boolean put(ObjectKey key, long length, InputStream bytes) {
    return !former.exists(key) && present.put(key, length, bytes);
  }

  @Override
  public boolean delete(ObjectKey key) {
    boolean there = former.delete(key);
    return present.delete(key) || there;
  }

  @Override
  public void replace(ObjectKey key, byte[] bytes) {
    boolean _ = former.delete(key);
    present.replace(key, bytes);
  }

  @Override
  public void replace(ObjectKey key, long length, InputStream bytes) {
    boolean _ = former.delete(key);
    present.replace(key, length, bytes);
  }

  @Override
  public boolean exists(ObjectKey key) {
    return size(key).isPresent();
  }

  /** The present store is asked again: the object may have moved in between. */
  @Override
  public OptionalLong size(ObjectKey key) {
    OptionalLong size = present.size(key);
    if (size.isEmpty()) {
      size = former.size(key);
    }
    return size.isPresent() ? size : present.size(key);
  }

  @Override
  public Optional<InputStream> open(ObjectKey key, long offset, long length) {
    return present
        .open(key, offset, length)
        .or(() -> former.open(key, offset, length))
        .or(() -> present.open(key, offset, length));
  }

  @Override
  public Optional<StoredDigest> digest(ObjectKey key) {
    return present.digest(key).or(() -> former.digest(key)).or(() -> present.digest(key));
  }

  @Override
  public boolean erase(ObjectKey key) {
    boolean there = former.erase(key);
    return present.erase(key) || there;
  }

  @Override
  public boolean eraseRepository(long repositoryId) {
    return former.eraseRepository(repositoryId) && present.eraseRepository(repositoryId);
  }

  /** The present store has its turn when nothing is left to do in the former. */
  @Override
  public CleanedObjects removeLeftovers(long repositoryId, Instant before, int most) {
    CleanedObjects there = former.removeLeftovers(repositoryId, before, most);
    if (there.more()) {
      return there;
    }
    CleanedObjects here = present.removeLeftovers(repositoryId, before, most - there.removed());
    return new CleanedObjects(there.removed() + here.removed(), here.more());
  }

  @Override
  public void removeUnfinished(Instant before) {
    former.removeUnfinished(before);
    present.removeUnfinished(before);
  }

  @Override
  public int bringOver(long repositoryId, int most) {
    long began = System.nanoTime();
    int brought = 0;
    for (ObjectKey each : listing.first(repositoryId, most)) {
      bringOver(each);
      brought++;
      if (System.nanoTime() - began >= MAX_STEP.toNanos()) {
        return brought;
      }
    }
    // The present one may itself be two, one of which is being moved out of.
    return brought + present.bringOver(repositoryId, most - brought);
  }

  /** Moves bytes as they are, rotten ones too: scrubbing tells about them wherever they lie. */
  private void bringOver(ObjectKey key) {
    OptionalLong size = former.size(key);
    if (size.isEmpty()) {
      // Lost there. Its record stays, by which scrubbing misses it.
      boolean _ = former.delete(key);
      return;
    }
    try (InputStream bytes =
        former.open(key, 0, size.getAsLong()).orElseThrow(MovingCiphertextStore::deleted)) {
      boolean _ = present.put(key, size.getAsLong(), bytes);
    } catch (IOException e) {
      throw new CiphertextStoreException("An object could not be read to move it.", e);
    }
    if (!former.delete(key)) {
      throw deleted();
    }
  }

  private static IllegalStateException deleted() {
    return new IllegalStateException("An object was deleted while it was moved.");
  }

  @Override
  public Optional<VolumeFault> probe() {
    return present.probe().or(former::probe);
  }
}

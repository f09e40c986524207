package org.hikae.backup.move.store;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hikae.backup.ciphertext.store.CiphertextListing;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.ciphertext.store.VolumeException;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.jspecify.annotations.Nullable;

/**
 * Several stores while objects move into one of them. What is written goes there; what is read is
 * looked for in all. An object lies in one of them, or for a moment in two: a move makes the copy
 * durable before it deletes what it was made of (ADR 67).
 *
 * <p>Where writes go may change at any time, and two portals may hear of it one after the other.
 * Nothing here relies on it: who deletes goes on until no store has the object, and who reads looks
 * into the store that is written to last, because nothing moves out of it. So a copy is read only
 * once it was compared.
 */
public final class MovingCiphertextStore implements CiphertextStore, CiphertextListing {

  /** How often all stores are gone through for one deletion; a second time finds nothing. */
  private static final int MAX_PASSES = 5;

  private final List<NamedStore> stores;
  private final Supplier<String> target;

  /**
   * Puts stores together.
   *
   * @param stores all that are set
   * @param target the name of the one that is written to
   */
  public MovingCiphertextStore(List<NamedStore> stores, Supplier<String> target) {
    this.stores = List.copyOf(stores);
    this.target = target;
  }

  private Optional<NamedStore> present() {
    String name = target.get();
    return stores.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private NamedStore written() {
    return present().orElseThrow(MovingCiphertextStore::notSet);
  }

  private static CiphertextStoreException notSet() {
    return new CiphertextStoreException(
        "This portal's settings do not name the store in which objects lie.",
        new VolumeException(VolumeFault.NOT_THERE, "Not set: the store that is written to.", null));
  }

  /** All stores, that which is written to last. */
  private List<NamedStore> ordered() {
    Optional<NamedStore> last = present();
    List<NamedStore> all = new ArrayList<>(stores);
    last.ifPresent(
        each -> {
          all.remove(each);
          all.add(each);
        });
    return all;
  }

  @Override
  public WritePermit admitWriter() {
    return written().store().admitWriter();
  }

  @Override
  public boolean put(ObjectKey key, byte[] bytes) {
    NamedStore to = written();
    return !liesElsewhere(key, to) && to.store().put(key, bytes);
  }

  @Override
  public boolean put(ObjectKey key, long length, InputStream bytes) {
    NamedStore to = written();
    return !liesElsewhere(key, to) && to.store().put(key, length, bytes);
  }

  private boolean liesElsewhere(ObjectKey key, NamedStore to) {
    return stores.stream()
        .anyMatch(each -> !each.name().equals(to.name()) && each.store().exists(key));
  }

  @Override
  public void replace(ObjectKey key, byte[] bytes) {
    NamedStore to = written();
    deleteElsewhere(key, to);
    to.store().replace(key, bytes);
  }

  @Override
  public void replace(ObjectKey key, long length, InputStream bytes) {
    NamedStore to = written();
    deleteElsewhere(key, to);
    to.store().replace(key, length, bytes);
  }

  private void deleteElsewhere(ObjectKey key, NamedStore to) {
    for (NamedStore each : stores) {
      if (!each.name().equals(to.name())) {
        boolean _ = each.store().delete(key);
      }
    }
  }

  @Override
  public boolean delete(ObjectKey key) {
    return everywhere(key, store -> store.delete(key));
  }

  @Override
  public boolean erase(ObjectKey key) {
    return everywhere(key, store -> store.erase(key));
  }

  /**
   * Takes an object out of all stores. A move that is under way holds its row where it comes from,
   * is waited for there, and may then have made one in a store that was looked into before.
   */
  private boolean everywhere(ObjectKey key, Predicate<CiphertextStore> taking) {
    boolean there = false;
    for (NamedStore each : ordered()) {
      there |= taking.test(each.store());
    }
    boolean found = there;
    for (int passes = 1; found; passes++) {
      if (passes == MAX_PASSES) {
        throw new IllegalStateException("An object is put again and again while it is deleted.");
      }
      found = false;
      for (NamedStore each : stores) {
        found |= each.listing().holds(key) && taking.test(each.store());
      }
    }
    return there;
  }

  @Override
  public boolean exists(ObjectKey key) {
    return size(key).isPresent();
  }

  @Override
  public OptionalLong size(ObjectKey key) {
    Optional<OptionalLong> size =
        first(store -> Optional.of(store.size(key)).filter(OptionalLong::isPresent));
    return size.orElse(OptionalLong.empty());
  }

  @Override
  public Optional<InputStream> open(ObjectKey key, long offset, long length) {
    return first(store -> store.open(key, offset, length));
  }

  @Override
  public Optional<StoredDigest> digest(ObjectKey key) {
    return first(store -> store.digest(key));
  }

  /** The next of all stores together. */
  @Override
  public List<ObjectKey> after(@Nullable ObjectKey last, int most) {
    return ordered().stream()
        .flatMap(each -> each.listing().after(last, most).stream())
        .distinct()
        .sorted(Comparator.comparingLong(ObjectKey::repositoryId).thenComparing(ObjectKey::name))
        .limit(most)
        .toList();
  }

  @Override
  public boolean holds(ObjectKey key) {
    return ask(listing -> listing.holds(key));
  }

  /** Whoever deletes the object waits for this row, wherever it lies: that takes all its rows. */
  @Override
  public boolean lock(ObjectKey key) {
    return ask(listing -> listing.lock(key));
  }

  /** Whether one of the stores says yes. The object may have moved while this looked. */
  private boolean ask(Predicate<CiphertextListing> question) {
    for (int tries = 0; tries < 2; tries++) {
      for (NamedStore each : ordered()) {
        if (question.test(each.listing())) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public long count() {
    return stores.stream().mapToLong(each -> each.listing().count()).sum();
  }

  /** What the first store says that has the object. It may have moved while this looked. */
  private <T> Optional<T> first(Function<CiphertextStore, Optional<T>> question) {
    for (int tries = 0; tries < 2; tries++) {
      for (NamedStore each : ordered()) {
        Optional<T> answer = question.apply(each.store());
        if (answer.isPresent()) {
          return answer;
        }
      }
    }
    if (present().isEmpty()) {
      // It may lie where this portal cannot look.
      throw notSet();
    }
    return Optional.empty();
  }

  @Override
  public boolean eraseRepository(long repositoryId) {
    for (NamedStore each : ordered()) {
      if (!each.store().eraseRepository(repositoryId)) {
        return false;
      }
    }
    return true;
  }

  /** Each store has its turn when nothing is left to do in those before. */
  @Override
  public CleanedObjects removeLeftovers(long repositoryId, Instant before, int most) {
    int removed = 0;
    for (NamedStore each : ordered()) {
      CleanedObjects cleaned = each.store().removeLeftovers(repositoryId, before, most - removed);
      removed += cleaned.removed();
      if (cleaned.more()) {
        return new CleanedObjects(removed, true);
      }
    }
    return new CleanedObjects(removed, false);
  }

  @Override
  public void removeUnfinished(Instant before) {
    for (NamedStore each : ordered()) {
      each.store().removeUnfinished(before);
    }
  }

  /** Tries all, so that each is set up; the fault of the one that is written to counts first. */
  @Override
  public Optional<VolumeFault> probe() {
    Optional<VolumeFault> fault = Optional.empty();
    for (NamedStore each : ordered()) {
      Optional<VolumeFault> found = each.store().probe();
      fault = found.isPresent() ? found : fault;
    }
    return present().isPresent() ? fault : Optional.of(VolumeFault.NOT_THERE);
  }
}

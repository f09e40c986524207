package org.hikae.device.possession;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.PackRange;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * Draws challenges from each pack whose bytes go through it, sent or fetched whole, and has those
 * asked that a snapshot of this device names (spec HK1-Q-02, HK1-Q-03). It changes nothing of what
 * goes through, and fails nothing.
 */
public final class SamplingBackupStore implements BackupStore, AutoCloseable {

  private static final byte[] PACK = {'H', 'K', '1', 'p'};

  /** A run that is killed loses the challenges of so many packs at most. */
  private static final int KEPT_AFTER = 256;

  private final BackupStore store;
  private final ChallengeSampleStore kept;
  private final String setId;
  private final SecureRandom random;
  private final Set<String> known;

  private long threshold;
  private List<PackChallenge> drawn = new ArrayList<>();
  private Set<String> held = new HashSet<>();
  private int packs;
  private @Nullable ListedPacks list;

  /** What a snapshot names. */
  private record ListedPacks(String snapshotId, List<Hash256> names) {}

  /** Looks at what goes through to {@code store} about one set. */
  public SamplingBackupStore(
      BackupStore store, ChallengeSampleStore kept, byte[] setId, SecureRandom random) {
    this.store = store;
    this.kept = kept;
    this.setId = TextCodec.hex(setId);
    this.random = random;
    ChallengeSample before = kept.of(this.setId);
    this.threshold = before.threshold();
    this.known =
        before.challenges().stream()
            .map(PackChallenge::pack)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void put(Hash256 name, byte[] object) throws BackupStoreException {
    put(name, object, object.length);
  }

  @Override
  public void put(Hash256 name, byte[] array, int length) throws BackupStoreException {
    store.put(name, array, length);
    draw(name, array, length, true);
  }

  @Override
  public Set<Hash256> missing(Collection<Hash256> names) throws BackupStoreException {
    return store.missing(names);
  }

  @Override
  public byte[] get(Hash256 name) throws BackupStoreException {
    byte[] object = store.get(name);
    draw(name, object, object.length, false);
    return object;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the array itself, whatever is in it
  public byte[] get(Hash256 name, IntFunction<byte[]> buffers) throws BackupStoreException {
    int[] length = new int[1];
    byte[][] buffer = new byte[1][];
    byte[] object =
        store.get(
            name,
            bytes -> {
              length[0] = bytes;
              buffer[0] = buffers.apply(bytes);
              return buffer[0];
            });
    draw(name, object, object == buffer[0] ? length[0] : object.length, false);
    return object;
  }

  @Override
  public byte[] getBuckets(Hash256 name, int first, int count) throws BackupStoreException {
    return store.getBuckets(name, first, count);
  }

  @Override
  public SnapshotPage snapshots(@Nullable String deviceId, @Nullable String after, int limit)
      throws BackupStoreException {
    return store.snapshots(deviceId, after, limit);
  }

  @Override
  public List<Hash256> objects(String snapshotId) throws BackupStoreException {
    List<Hash256> names = store.objects(snapshotId);
    synchronized (this) {
      list = new ListedPacks(snapshotId, names);
    }
    return names;
  }

  @Override
  public SnapshotView commit(CommitSnapshot snapshot) throws BackupStoreException {
    SnapshotView view = store.commit(snapshot);
    Optional<Set<Hash256>> names = listed(snapshot);
    if (names.isPresent()) {
      keep(sample -> sample.listedBy(names.get()::contains));
    }
    return view;
  }

  /** What the snapshot names, if that gives the hash which its root binds. */
  private Optional<Set<Hash256>> listed(CommitSnapshot snapshot) {
    Set<Hash256> names = new HashSet<>();
    synchronized (this) {
      String before = snapshot.previous().substring(0, 2 * Hk1Constants.ID_BYTES);
      if (list != null && list.snapshotId().equals(before)) {
        names.addAll(list.names());
      }
    }
    try {
      for (String name : snapshot.removed()) {
        names.remove(Hash256.parse(name));
      }
      for (String name : snapshot.added()) {
        names.add(Hash256.parse(name));
      }
    } catch (MalformedException e) {
      return Optional.empty();
    }
    return ObjectList.hash(names).hex().equals(snapshot.listHash())
        ? Optional.of(names)
        : Optional.empty();
  }

  private void draw(Hash256 name, byte[] object, int length, boolean own) {
    if (!isPack(object, length)) {
      return;
    }
    String pack = name.hex();
    List<PackChallenge> fresh = new ArrayList<>();
    long below = threshold();
    for (int bucket = 0; bucket * PackRange.BUCKET_BYTES < length; bucket++) {
      long priority = random.nextLong() & Long.MAX_VALUE;
      if (priority < below) {
        int from = bucket * PackRange.BUCKET_BYTES;
        int bytes = Math.min(PackRange.BUCKET_BYTES, length - from);
        fresh.add(PackChallenge.drawn(pack, bucket, Hash256.sha256(object, from, bytes), priority));
      }
    }
    boolean counts = !fresh.isEmpty() || known.contains(pack);
    // What came may be anything; nothing else is known of it here.
    if (counts && (own || Hash256.sha256(object, 0, length).equals(name))) {
      take(pack, fresh);
    }
  }

  private static boolean isPack(byte[] object, int length) {
    if (length < PACK.length) {
      return false;
    }
    for (int i = 0; i < PACK.length; i++) {
      if (object[i] != PACK[i]) {
        return false;
      }
    }
    return true;
  }

  private synchronized long threshold() {
    return threshold;
  }

  private void take(String pack, List<PackChallenge> fresh) {
    boolean enough;
    synchronized (this) {
      drawn.removeIf(challenge -> challenge.pack().equals(pack));
      drawn.addAll(fresh);
      if (known.contains(pack)) {
        held.add(pack);
      }
      if (drawn.size() > 2 * ChallengeSample.CAPACITY) {
        threshold = ChallengeSample.limit(drawn, threshold);
      }
      packs++;
      enough = packs >= KEPT_AFTER;
    }
    if (enough) {
      keep(UnaryOperator.identity());
    }
  }

  /** Writes what was drawn, and what else changes. */
  private void keep(UnaryOperator<ChallengeSample> more) {
    List<PackChallenge> fresh;
    Set<String> again;
    long below;
    synchronized (this) {
      fresh = drawn;
      again = held;
      below = threshold;
      drawn = new ArrayList<>();
      held = new HashSet<>();
      packs = 0;
    }
    // Packs that were written before and came once more lose what they had.
    fresh.forEach(challenge -> again.add(challenge.pack()));
    boolean _ =
        kept.change(
            setId,
            sample -> {
              ChallengeSample changed = more.apply(sample.with(again, fresh, below));
              lower(changed.threshold());
              return changed;
            });
  }

  private synchronized void lower(long other) {
    threshold = other;
  }

  /** Keeps what was drawn since the last commit. */
  @Override
  public void close() {
    boolean empty;
    synchronized (this) {
      empty = drawn.isEmpty() && held.isEmpty();
    }
    if (!empty) {
      keep(UnaryOperator.identity());
    }
  }
}

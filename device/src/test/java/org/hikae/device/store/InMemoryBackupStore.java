package org.hikae.device.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.TextCodec;

/** A store in memory with the portal's rules, for one device; counts calls and can be broken. */
public final class InMemoryBackupStore implements BackupStore {

  private final byte[] deviceId;
  private final Map<Hash256, byte[]> objects;
  private final List<SnapshotView> snapshots = new ArrayList<>();
  private final Map<String, Set<Hash256>> lists = new HashMap<>();
  private final Set<Hash256> rotten = new HashSet<>();
  private int puts;
  private long bytesPut;
  private int failPutsAfter = Integer.MAX_VALUE;

  /** A store as the given device sees it. */
  public InMemoryBackupStore(byte[] deviceId) {
    this(deviceId, new HashMap<>());
  }

  /** The same with objects elsewhere. */
  public InMemoryBackupStore(byte[] deviceId, Map<Hash256, byte[]> objects) {
    this.deviceId = deviceId.clone();
    this.objects = objects;
  }

  /** From now on, {@code count} more objects are taken, then the network is gone. */
  public synchronized void failPutsAfter(int count) {
    failPutsAfter = puts + count;
  }

  /** Everything works again. */
  public synchronized void heal() {
    failPutsAfter = Integer.MAX_VALUE;
  }

  /** How many objects were sent, known ones included. */
  public synchronized int puts() {
    return puts;
  }

  /** The bytes of all objects that were sent, each as often as it was. */
  public synchronized long bytesPut() {
    return bytesPut;
  }

  /** The stored objects, to be looked at and damaged. */
  public Map<Hash256, byte[]> objects() {
    return objects;
  }

  /** The committed snapshots, oldest first, to be looked at and damaged. */
  public List<SnapshotView> committed() {
    return snapshots;
  }

  @Override
  public synchronized void put(Hash256 name, byte[] object) throws BackupStoreException {
    if (puts >= failPutsAfter) {
      throw new BackupStoreException(RunResult.NETWORK, "no connection", null);
    }
    if (object.length > Hk1Constants.MAX_OBJECT_BYTES || !Hash256.sha256(object).equals(name)) {
      throw new BackupStoreException(RunResult.REFUSED, "name or size is wrong", null);
    }
    puts++;
    bytesPut += object.length;
    if (rotten.remove(name)) {
      objects.put(name, object.clone());
    }
    objects.putIfAbsent(name, object.clone());
  }

  /** Flips a bit of an object, which the store knows of from now on, as after scrubbing. */
  public synchronized void rot(Hash256 name) {
    byte[] object = objects.get(name);
    object[object.length / 2] ^= 1;
    rotten.add(name);
  }

  @Override
  public synchronized Set<Hash256> missing(Collection<Hash256> names) {
    Set<Hash256> missing = new HashSet<>(names);
    missing.removeAll(objects.keySet());
    names.stream().filter(rotten::contains).forEach(missing::add);
    return missing;
  }

  @Override
  public synchronized byte[] get(Hash256 name) throws BackupStoreException {
    byte[] object = objects.get(name);
    if (object == null) {
      throw new MissingObjectException(Set.of(name));
    }
    return object.clone();
  }

  @Override
  public byte[] get(Hash256 name, IntFunction<byte[]> buffers) throws BackupStoreException {
    byte[] object = get(name);
    byte[] buffer = buffers.apply(object.length);
    System.arraycopy(object, 0, buffer, 0, object.length);
    return buffer;
  }

  @Override
  public byte[] getBuckets(Hash256 name, int first, int count) throws BackupStoreException {
    byte[] object = get(name);
    int from = Math.min(first * PackRange.BUCKET_BYTES, object.length);
    int to = Math.min((first + count) * PackRange.BUCKET_BYTES, object.length);
    return Arrays.copyOfRange(object, from, to);
  }

  @Override
  public synchronized SnapshotView commit(CommitSnapshot commit) throws BackupStoreException {
    for (SnapshotView each : snapshots) {
      if (each.sequence() == commit.sequence() && each.setId().equals(commit.setId())) {
        if (each.root().equals(commit.root()) && each.listHash().equals(commit.listHash())) {
          return each;
        }
        throw new BackupStoreException(
            RunResult.REFUSED, "the series has another such snapshot", null);
      }
    }
    try {
      return add(commit);
    } catch (MalformedException e) {
      throw new BackupStoreException(RunResult.REFUSED, "malformed", e);
    }
  }

  private SnapshotView add(CommitSnapshot commit) throws BackupStoreException, MalformedException {
    SnapshotView last = last(commit.setId());
    SnapshotStub stub =
        new SnapshotStub(
            TextCodec.parseId("setId", commit.setId()),
            deviceId,
            commit.generation(),
            commit.sequence(),
            Hash256.parse(commit.previous()),
            Hash256.parse(commit.root()),
            Hash256.parse(commit.listHash()));
    String expected = last == null ? Hash256.ZERO.hex() : last.stubHash();
    long sequence = last == null ? 1 : last.sequence() + 1;
    if (!commit.previous().equals(expected) || commit.sequence() != sequence) {
      throw new BackupStoreException(RunResult.REFUSED, "does not continue the series", null);
    }
    Set<Hash256> list = new TreeSet<>();
    if (last != null) {
      list.addAll(lists.get(last.snapshotId()));
    }
    for (String name : commit.removed()) {
      list.remove(Hash256.parse(name));
    }
    for (String name : commit.added()) {
      list.add(Hash256.parse(name));
    }
    if (!ObjectList.hash(list).equals(stub.listHash())) {
      throw new BackupStoreException(RunResult.REFUSED, "list hash", null);
    }
    Set<Hash256> needed = new HashSet<>(list);
    needed.add(stub.root());
    Set<Hash256> missing = missing(needed);
    if (!missing.isEmpty()) {
      throw new MissingObjectException(missing);
    }
    long stored = needed.stream().mapToLong(this::length).sum();
    SnapshotView view =
        new SnapshotView(
            stub.hash().hex().substring(0, 32),
            commit.setId(),
            TextCodec.hex(deviceId),
            commit.generation(),
            commit.sequence(),
            commit.previous(),
            commit.root(),
            commit.listHash(),
            stub.hash().hex(),
            Instant.EPOCH,
            list.size(),
            stored,
            commit.files(),
            commit.plainBytes(),
            null);
    snapshots.add(view);
    lists.put(view.snapshotId(), list);
    return view;
  }

  /** Withholds the newest snapshot, as a store does that was set back or lies. */
  public synchronized void hideNewest() {
    snapshots.removeLast();
  }

  /** What the store now says became of a snapshot; a removed one loses its list. */
  public synchronized SnapshotView releaseStatus(String snapshotId, ReleaseState state)
      throws BackupStoreException {
    for (int i = 0; i < snapshots.size(); i++) {
      SnapshotView old = snapshots.get(i);
      if (old.snapshotId().equals(snapshotId)) {
        SnapshotView view = withReleaseStatus(old, state);
        snapshots.set(i, view);
        if (view.removed()) {
          lists.remove(snapshotId);
        }
        return view;
      }
    }
    throw new BackupStoreException(RunResult.REFUSED, "no such snapshot", null);
  }

  private static SnapshotView withReleaseStatus(SnapshotView old, ReleaseState state) {
    Instant time = Instant.EPOCH;
    return new SnapshotView(
        old.snapshotId(),
        old.setId(),
        old.deviceId(),
        old.generation(),
        old.sequence(),
        old.previous(),
        old.root(),
        old.listHash(),
        old.stubHash(),
        old.committedAt(),
        old.objects(),
        old.storedBytes(),
        old.files(),
        old.plainBytes(),
        new ReleaseStatus(
            state,
            ReleaseCause.RETENTION,
            time,
            null,
            state == ReleaseState.HELD ? time : null,
            state == ReleaseState.REMOVED ? time : null));
  }

  private long length(Hash256 name) {
    // Reading gigabytes to learn their size would be what a test or measurement sees most of.
    return objects instanceof FolderObjectMap folder
        ? folder.length(name)
        : objects.get(name).length;
  }

  private SnapshotView last(String setId) {
    return snapshots.reversed().stream()
        .filter(view -> view.setId().equals(setId))
        .findFirst()
        .orElse(null);
  }

  @Override
  public synchronized SnapshotPage snapshots(String device, String after, int limit) {
    List<SnapshotView> all =
        snapshots.reversed().stream()
            .filter(view -> device == null || view.deviceId().equals(device))
            .toList();
    int from = after == null ? 0 : Integer.parseInt(after);
    int to = Math.min(all.size(), from + limit);
    return new SnapshotPage(all.subList(from, to), to < all.size() ? String.valueOf(to) : null);
  }

  @Override
  public synchronized List<Hash256> objects(String snapshotId) throws BackupStoreException {
    Set<Hash256> list = lists.get(snapshotId);
    if (list == null) {
      throw new BackupStoreException(RunResult.REFUSED, "no such snapshot", null);
    }
    return List.copyOf(list);
  }
}

package org.hikae.device.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.hk1.Hash256;

/** A store whose reads are counted; calls may be interfered with. Safe for many threads. */
public final class WatchedStore implements SnapshotStore {

  private final SnapshotStore store;
  private final Map<Hash256, Integer> gets = new ConcurrentHashMap<>();
  private final Map<Hash256, Integer> ranges = new ConcurrentHashMap<>();
  private volatile Reading reading = (name, object) -> object;
  private volatile Writing writing = SnapshotStore::put;

  /** Watches reads of {@code store}. */
  public WatchedStore(SnapshotStore store) {
    this.store = store;
  }

  /** What happens to an object that is read. */
  @FunctionalInterface
  public interface Reading {
    /** What comes instead; may throw or wait. */
    byte[] read(Hash256 name, byte[] object) throws StoreException;
  }

  /** From now on this happens to objects that are read whole or in part. */
  public WatchedStore reading(Reading other) {
    reading = other;
    return this;
  }

  /** What happens to an object that is sent. */
  @FunctionalInterface
  public interface Writing {
    /** Stores it or not; may throw or wait. */
    void put(SnapshotStore store, Hash256 name, byte[] object) throws StoreException;
  }

  /** From now on this happens to objects that are sent. */
  public WatchedStore writing(Writing other) {
    writing = other;
    return this;
  }

  /** How often each object was read whole. */
  public Map<Hash256, Integer> gets() {
    return gets;
  }

  /** How often a part of each object was read. */
  public Map<Hash256, Integer> ranges() {
    return ranges;
  }

  @Override
  public byte[] get(Hash256 name) throws StoreException {
    gets.merge(name, 1, Integer::sum);
    return reading.read(name, store.get(name));
  }

  @Override
  public byte[] getBuckets(Hash256 name, int first, int count) throws StoreException {
    ranges.merge(name, 1, Integer::sum);
    return reading.read(name, store.getBuckets(name, first, count));
  }

  @Override
  public void put(Hash256 name, byte[] object) throws StoreException {
    writing.put(store, name, object);
  }

  @Override
  public Set<Hash256> missing(Collection<Hash256> names) throws StoreException {
    return store.missing(names);
  }

  @Override
  public SnapshotView commit(CommitSnapshot snapshot) throws StoreException {
    return store.commit(snapshot);
  }

  @Override
  public SnapshotPage snapshots(String deviceId, String after, int limit) throws StoreException {
    return store.snapshots(deviceId, after, limit);
  }

  @Override
  public List<Hash256> objects(String snapshotId) throws StoreException {
    return store.objects(snapshotId);
  }

  /** Threads of the agent that do not end within a minute, although they were told to. */
  public static List<String> threads() throws InterruptedException {
    List<String> alive = new ArrayList<>();
    for (Thread each : Thread.getAllStackTraces().keySet()) {
      if (each.getName().startsWith("hikae-") && !each.join(Duration.ofMinutes(1))) {
        alive.add(each.getName());
      }
    }
    return alive;
  }
}

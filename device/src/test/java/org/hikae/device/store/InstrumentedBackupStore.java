package org.hikae.device.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.hk1.Hash256;

/** A store whose reads are counted; calls may be interfered with. Safe for many threads. */
public final class InstrumentedBackupStore implements BackupStore {

  private final BackupStore store;
  private final Map<Hash256, Integer> gets = new ConcurrentHashMap<>();
  private final Map<Hash256, Integer> ranges = new ConcurrentHashMap<>();
  private volatile ReadInterceptor readInterceptor = (name, object) -> object;
  private volatile WriteInterceptor writeInterceptor = BackupStore::put;

  /** Watches reads of {@code store}. */
  public InstrumentedBackupStore(BackupStore store) {
    this.store = store;
  }

  /** What happens to an object that is read. */
  @FunctionalInterface
  public interface ReadInterceptor {
    /** What comes instead; may throw or wait. */
    byte[] read(Hash256 name, byte[] object) throws BackupStoreException;
  }

  /** From now on this happens to objects that are read whole or in part. */
  public InstrumentedBackupStore reading(ReadInterceptor other) {
    readInterceptor = other;
    return this;
  }

  /** What happens to an object that is sent. */
  @FunctionalInterface
  public interface WriteInterceptor {
    /** Stores it or not; may throw or wait. */
    void put(BackupStore store, Hash256 name, byte[] object) throws BackupStoreException;
  }

  /** From now on this happens to objects that are sent. */
  public InstrumentedBackupStore writing(WriteInterceptor other) {
    writeInterceptor = other;
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
  public byte[] get(Hash256 name) throws BackupStoreException {
    gets.merge(name, 1, Integer::sum);
    return readInterceptor.read(name, store.get(name));
  }

  /** What follows an object in a longer array is of something else. */
  @Override
  public byte[] get(Hash256 name, IntFunction<byte[]> buffers) throws BackupStoreException {
    byte[] object = get(name);
    byte[] buffer = buffers.apply(object.length);
    Arrays.fill(buffer, (byte) 0x5a);
    System.arraycopy(object, 0, buffer, 0, object.length);
    return buffer;
  }

  @Override
  public byte[] getBuckets(Hash256 name, int first, int count) throws BackupStoreException {
    ranges.merge(name, 1, Integer::sum);
    return readInterceptor.read(name, store.getBuckets(name, first, count));
  }

  @Override
  public void put(Hash256 name, byte[] object) throws BackupStoreException {
    writeInterceptor.put(store, name, object);
  }

  @Override
  public Set<Hash256> missing(Collection<Hash256> names) throws BackupStoreException {
    return store.missing(names);
  }

  @Override
  public SnapshotView commit(CommitSnapshot snapshot) throws BackupStoreException {
    return store.commit(snapshot);
  }

  @Override
  public SnapshotPage snapshots(String deviceId, String after, int limit)
      throws BackupStoreException {
    return store.snapshots(deviceId, after, limit);
  }

  @Override
  public List<Hash256> objects(String snapshotId) throws BackupStoreException {
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

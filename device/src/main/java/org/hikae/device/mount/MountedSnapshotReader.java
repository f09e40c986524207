package org.hikae.device.mount;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hikae.device.AgentException;
import org.hikae.device.fuse.FuseErrorException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Opens snapshots when something of them is asked for, and reads their files. What is in memory is
 * bounded: 16 MiB of sealed buckets, 32 MiB of plain chunks, 40 MiB of trees, 4 MiB of notes on the
 * contents of files. Safe for several threads.
 */
public final class MountedSnapshotReader implements AutoCloseable {

  private static final long PLAIN_BYTES = 32L * 1024 * 1024;
  private static final long TREE_BYTES = 40L * 1024 * 1024;
  private static final long CONTENT_BYTES = 4L * 1024 * 1024;
  private static final int LOCKS = 64;

  private final Supplier<BackupStore> store;
  private final SnapshotKeys keys;
  private final PackBucketReader buckets;
  private final WeightedCache<Hash256, byte[]> plain =
      new WeightedCache<>(PLAIN_BYTES, bytes -> bytes.length);
  private final WeightedCache<Long, OpenedTree> trees =
      new WeightedCache<>(TREE_BYTES, each -> each.tree().bytes());
  private final WeightedCache<Long, ContentMap> contents =
      new WeightedCache<>(CONTENT_BYTES, ContentMap::bytes);
  private final Map<SeriesName, StoredChunkReader> series = new ConcurrentHashMap<>();
  private final Object[] chunkLocks = locks();
  private final Object[] treeLocks = locks();
  private final Object damageLock = new Object();

  /** The last snapshot of which something was damaged, for what stands in; guarded by its lock. */
  private @Nullable DamagedSnapshot damaged;

  /** Finds the K of a generation. */
  @FunctionalInterface
  public interface SnapshotKeys {
    /** That K; the caller closes it. */
    BackupKey of(long generation) throws AgentException;
  }

  /** What is in one series under one K. */
  private record SeriesName(String device, long generation) {}

  private record OpenedTree(SnapshotTree tree, StoredChunkReader chunks) {}

  /** One that is kept open for what stands in; it needs its K as long. */
  private record DamagedSnapshot(long number, BackupKey key, OpenedSnapshot opened) {
    void close() {
      opened.close();
      key.close();
    }
  }

  /** Gets what is not in memory. */
  @FunctionalInterface
  private interface ChunkFetch {
    byte[] get() throws DamagedDataException, BackupStoreException;
  }

  /**
   * Reads from a store.
   *
   * @param store asked for each time, so that what was waited for in vain is not added up
   */
  public MountedSnapshotReader(Supplier<BackupStore> store, SnapshotKeys keys) {
    this.store = store;
    this.keys = keys;
    this.buckets = new PackBucketReader(store);
  }

  private static Object[] locks() {
    Object[] locks = new Object[LOCKS];
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
    return locks;
  }

  /** The tree of a snapshot; the first to ask waits until its manifest was read through. */
  SnapshotTree tree(MountedSnapshot snapshot) throws DamagedDataException, BackupStoreException {
    return opened(snapshot).tree();
  }

  private OpenedTree opened(MountedSnapshot snapshot)
      throws DamagedDataException, BackupStoreException {
    OpenedTree known = trees.get(snapshot.number());
    if (known != null) {
      return known;
    }
    synchronized (treeLocks[(int) (snapshot.number() % LOCKS)]) {
      known = trees.get(snapshot.number());
      if (known == null) {
        known = open(snapshot);
        trees.put(snapshot.number(), known);
      }
      return known;
    }
  }

  private OpenedTree open(MountedSnapshot snapshot)
      throws DamagedDataException, BackupStoreException {
    try (BackupKey key = key(snapshot);
        OpenedSnapshot opened = OpenedSnapshot.open(store.get(), key, snapshot.view())) {
      StoredChunkReader chunks = chunks(snapshot, key, opened.context());
      ManifestByteSource manifest =
          new ManifestByteSource(opened.root().tree(), ref -> manifestChunk(snapshot, chunks, ref));
      return new OpenedTree(SnapshotTree.read(snapshot.number(), manifest, opened.packs()), chunks);
    }
  }

  private BackupKey key(MountedSnapshot snapshot) throws BackupStoreException {
    try {
      return keys.of(snapshot.view().generation());
    } catch (AgentException e) {
      throw new BackupStoreException(e.result(), e.key(), e);
    }
  }

  private StoredChunkReader chunks(MountedSnapshot snapshot, BackupKey key, SealContext context) {
    return series.computeIfAbsent(
        new SeriesName(snapshot.view().deviceId(), snapshot.view().generation()),
        name -> new StoredChunkReader(buckets, key, context));
  }

  private byte[] manifestChunk(MountedSnapshot snapshot, StoredChunkReader chunks, ManifestRef each)
      throws DamagedDataException, BackupStoreException {
    return cached(
        each.ref(),
        () -> {
          try {
            return chunks.chunk(each.pack(), each.ref());
          } catch (DamagedDataException | MissingObjectException | WithheldObjectException e) {
            synchronized (damageLock) {
              return damaged(snapshot).manifestChunk(each);
            }
          }
        });
  }

  private byte[] fileChunk(MountedSnapshot snapshot, OpenedTree opened, ChunkRef ref)
      throws DamagedDataException, BackupStoreException {
    return cached(
        ref,
        () -> {
          try {
            return opened.chunks().chunk(opened.tree().packs().name(ref.pack()), ref);
          } catch (MissingObjectException | WithheldObjectException e) {
            return standIn(snapshot, ref).orElseThrow(() -> e);
          } catch (DamagedDataException e) {
            return standIn(snapshot, ref).orElseThrow(() -> e);
          }
        });
  }

  private Optional<byte[]> standIn(MountedSnapshot snapshot, ChunkRef ref)
      throws DamagedDataException, BackupStoreException {
    synchronized (damageLock) {
      return damaged(snapshot).standIn(ref);
    }
  }

  private OpenedSnapshot damaged(MountedSnapshot snapshot)
      throws DamagedDataException, BackupStoreException {
    DamagedSnapshot last = damaged;
    if (last == null || last.number() != snapshot.number()) {
      closeDamaged();
      BackupKey key = key(snapshot);
      try {
        last =
            new DamagedSnapshot(
                snapshot.number(), key, OpenedSnapshot.open(store.get(), key, snapshot.view()));
      } catch (DamagedDataException | BackupStoreException e) {
        key.close();
        throw e;
      }
      damaged = last;
    }
    return last.opened();
  }

  private void closeDamaged() {
    DamagedSnapshot last = damaged;
    if (last != null) {
      damaged = null;
      last.close();
    }
  }

  /** The same chunk is fetched once, however many ask for parts of it. */
  private byte[] cached(ChunkRef ref, ChunkFetch fetch)
      throws DamagedDataException, BackupStoreException {
    byte[] bytes = plain.get(ref.chunkId());
    if (bytes == null) {
      synchronized (chunkLocks[Math.floorMod(ref.chunkId().hashCode(), LOCKS)]) {
        bytes = plain.get(ref.chunkId());
        if (bytes == null) {
          bytes = fetch.get();
          plain.put(ref.chunkId(), bytes);
        }
      }
    }
    if (bytes.length != ref.length()) {
      throw new DamagedDataException("A chunk has another length than the snapshot says.");
    }
    return bytes;
  }

  /** Where the contents of a file stand. */
  ContentMap contents(MountedSnapshot snapshot, long position)
      throws FuseErrorException, DamagedDataException, BackupStoreException {
    long node = NodeId.of(snapshot.number(), position);
    ContentMap known = contents.get(node);
    if (known == null) {
      known = tree(snapshot).contents(position);
      contents.put(node, known);
    }
    return known;
  }

  /** Reads a part of a file; returns how many bytes were read, less only at its end. */
  int read(MountedSnapshot snapshot, long position, long from, byte[] into)
      throws FuseErrorException, DamagedDataException, BackupStoreException {
    OpenedTree opened = opened(snapshot);
    ContentMap map = contents(snapshot, position);
    int wanted = Math.clamp(map.length() - from, 0, into.length);
    int done = 0;
    while (done < wanted) {
      long at = from + done;
      int index = map.find(at);
      int part = (int) Math.min(wanted - done, map.end(index) - at);
      // Of a hole the zeros are there already.
      if (!map.isHole(index)) {
        Part data = new Part(at - map.start(index), into, done, part);
        copy(snapshot, opened, map.record(index), data);
      }
      done += part;
    }
    return wanted;
  }

  /** What is copied from a list of chunks. */
  private record Part(long from, byte[] into, int at, int length) {}

  private void copy(MountedSnapshot snapshot, OpenedTree opened, long position, Part part)
      throws DamagedDataException, BackupStoreException {
    if (!(opened.tree().record(position) instanceof ManifestRecord.Data data)) {
      throw new DamagedDataException("The manifest has something else within a file.");
    }
    long start = 0;
    int done = 0;
    for (ChunkRef ref : data.chunks()) {
      long inside = part.from() + done - start;
      if (done < part.length() && inside < ref.length()) {
        byte[] bytes = fileChunk(snapshot, opened, ref);
        int length = (int) Math.min(part.length() - done, ref.length() - inside);
        System.arraycopy(bytes, (int) inside, part.into(), part.at() + done, length);
        done += length;
      }
      start += ref.length();
    }
  }

  /** Sealed bytes of packs that came from the store. */
  public long bytesReceived() {
    return buckets.bytesReceived();
  }

  /** Nobody may be reading any more. */
  @Override
  public void close() {
    synchronized (damageLock) {
      closeDamaged();
    }
    series.values().forEach(StoredChunkReader::close);
  }
}

package org.hikae.device.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Chunks whose packs are damaged in one snapshot, from other snapshots of its series that have them
 * in other packs: a backup sends anew what the store has lost, and so heals the snapshots before
 * it, too (spec HK1-S-12). Nothing needs to be trusted for it, because each chunk is checked by its
 * identifier (spec HK1-C-08).
 *
 * <p>Nothing is read before the first chunk is asked for. Then manifests are read, the newest
 * first, at most {@link #MAX_CONSULTED} of them, until the chunk is found; what they say stays in a
 * temporary file for the next one.
 *
 * <p>Where a part of the snapshot's own pack table is lost (spec HK1-M-02), its packs without a
 * name count as elsewhere. The other manifests may name them; then their own directories are read,
 * one after the other.
 */
public final class ChunkSubstitutes implements AutoCloseable {

  /** Most snapshots whose manifests are read. */
  static final int MAX_CONSULTED = 16;

  private final BackupStore store;
  private final BackupKey key;
  private final SnapshotView view;
  private final OpenedSnapshotRoot damaged;
  private final ChunkSource chunks;

  /** Packs of the damaged snapshot in which a chunk would not be looked for again. */
  private Collection<Hash256> own;

  /** Packs of its list that have lost their names. */
  private final Queue<Hash256> unnamed = new ArrayDeque<>();

  /** Other packs than its own, by the number that the index has for them. */
  private final List<Hash256> packs = new ArrayList<>();

  private final Map<Hash256, Integer> numbers = new HashMap<>();

  /** Which snapshot first told of each of these packs. */
  private final Map<Hash256, String> tellers = new HashMap<>();

  private final Map<Hash256, String> used = new LinkedHashMap<>();
  private @Nullable ChunkIndex index;
  private @Nullable Queue<SnapshotView> candidates;
  private Runnable look = () -> {};

  ChunkSubstitutes(
      BackupStore store, BackupKey key, SnapshotView view, OpenedSnapshotRoot damaged) {
    this.store = store;
    this.key = key;
    this.view = view;
    this.damaged = damaged;
    this.own = damaged.objects();
    this.chunks =
        new ChunkSource(
            store,
            SealedObjectCache.NONE,
            key,
            damaged.context(),
            ChunkSource.PackNaming.BY_OTHERS,
            null);
  }

  /** Called between two packs or manifests of a search, which it may end by an exception. */
  void searchesWith(Runnable other) {
    look = other;
  }

  /**
   * From now on only these are packs of the snapshot's own: others that are listed have lost their
   * names and count as elsewhere, or there is no list. What was read before is read again, because
   * it may have named some of them.
   */
  void knownBy(Set<Hash256> named) {
    own = named;
    damaged.objects().stream().filter(pack -> !named.contains(pack)).forEach(unnamed::add);
    candidates = null;
  }

  /**
   * The plain bytes of a chunk from elsewhere.
   *
   * @param pack the pack that should have it; null when its name is lost
   * @throws BackupStoreException when the store fails, or the temporary file cannot be written
   */
  Optional<byte[]> chunk(@Nullable Hash256 pack, ChunkRef ref) throws BackupStoreException {
    try {
      ChunkIndex known = index();
      ChunkRef found = known.find(ref.chunkId());
      // A chunk whose pack has a name is in none of those without, but by chance.
      while (found == null && (consultNext(known) || (pack == null && readNextDirectory(known)))) {
        look.run();
        found = known.find(ref.chunkId());
      }
      return found == null ? Optional.empty() : open(pack, found.pack(), ref, found.entry());
    } catch (IOException e) {
      throw new BackupStoreException(RunResult.LOCAL, "A temporary file cannot be written.", e);
    }
  }

  private Optional<byte[]> open(
      @Nullable Hash256 instead, int number, ChunkRef wanted, PackEntry entry)
      throws BackupStoreException {
    Hash256 pack = packs.get(number);
    try {
      // A directory does not say how long a chunk is; one of the same identifier is as long.
      byte[] bytes =
          chunks.chunk(pack, new ChunkRef(number, entry, wanted.length(), wanted.chunkId()));
      if (instead != null) {
        used.putIfAbsent(instead, tellers.getOrDefault(pack, ""));
      }
      return Optional.of(bytes);
    } catch (DamagedDataException | WithheldObjectException e) {
      return Optional.empty();
    }
  }

  /**
   * Damaged packs that something stood in for, each with the snapshot that told where to find it.
   */
  Map<Hash256, String> used() {
    return used;
  }

  private ChunkIndex index() throws IOException {
    ChunkIndex made = index;
    if (made == null) {
      made = newIndex();
      index = made;
    }
    return made;
  }

  private ChunkIndex newIndex() throws IOException {
    try {
      return new ChunkIndex(Path.of(System.getProperty("java.io.tmpdir", ".")));
    } catch (IOException e) {
      // Then outside the heap, which is better than to lose what could be had.
      return new ChunkIndex(null);
    }
  }

  /** Reads one more manifest; false when there is none left. */
  private boolean consultNext(ChunkIndex known) throws BackupStoreException, IOException {
    Queue<SnapshotView> left = candidates;
    if (left == null) {
      left = others();
      candidates = left;
    }
    SnapshotView next = left.poll();
    if (next == null) {
      return false;
    }
    try (OpenedSnapshot open =
        OpenedSnapshot.openStrictly(store, SealedObjectCache.NONE, key, next)) {
      Set<Hash256> fresh = new HashSet<>(open.objects());
      own.forEach(fresh::remove);
      if (!fresh.isEmpty()) {
        read(open, fresh, next.snapshotId(), known);
      }
    } catch (DamagedDataException | WithheldObjectException e) {
      // Another one may do; what was read of this one counts.
    }
    return true;
  }

  /** Reads the directory of one more pack without a name; false when there is none left. */
  private boolean readNextDirectory(ChunkIndex known) throws BackupStoreException, IOException {
    Hash256 pack = unnamed.poll();
    if (pack == null) {
      return false;
    }
    try {
      for (PackReader.Listed each : chunks.directory(pack)) {
        ChunkRef ref = new ChunkRef(0, each.entry(), ChunkRef.MAX_LENGTH, each.chunkId());
        note(pack, ref, Set.of(pack), view.snapshotId(), known);
      }
    } catch (DamagedDataException | WithheldObjectException e) {
      // Its chunks may be elsewhere, too.
    }
    return true;
  }

  /** Snapshots under the same keys, newest first. */
  private Queue<SnapshotView> others() throws BackupStoreException {
    List<SnapshotView> shown;
    try {
      shown = store.snapshots(view.deviceId(), null, BackupStore.MAX_PAGE).snapshots();
    } catch (WithheldObjectException e) {
      shown = List.of();
    }
    return shown.stream()
        .filter(each -> each.setId().equals(view.setId()))
        .filter(each -> each.deviceId().equals(view.deviceId()))
        .filter(each -> each.generation() == view.generation())
        .filter(each -> each.sequence() != view.sequence())
        .sorted(Comparator.comparingLong(SnapshotView::sequence).reversed())
        .limit(MAX_CONSULTED)
        .collect(Collectors.toCollection(ArrayDeque::new));
  }

  private void read(OpenedSnapshot open, Set<Hash256> fresh, String teller, ChunkIndex known)
      throws DamagedDataException, BackupStoreException, IOException {
    for (List<ManifestRef> part : List.of(open.root().packTable(), open.root().tree())) {
      for (ManifestRef each : part) {
        note(each.pack(), each.ref(), fresh, teller, known);
      }
    }
    ManifestReader<BackupStoreException> tree = open.tree();
    ManifestRecord record = tree.next();
    while (!(record instanceof ManifestRecord.End)) {
      if (record instanceof ManifestRecord.Data data) {
        for (ChunkRef ref : data.chunks()) {
          note(open.packs().name(ref.pack()), ref, fresh, teller, known);
        }
      }
      record = tree.next();
    }
  }

  private void note(Hash256 pack, ChunkRef ref, Set<Hash256> fresh, String teller, ChunkIndex known)
      throws IOException {
    if (!fresh.contains(pack)) {
      return;
    }
    int number = numbers.computeIfAbsent(pack, p -> numbers.size());
    if (number == packs.size()) {
      packs.add(pack);
      tellers.put(pack, teller);
    }
    known.add(new ChunkRef(number, ref.entry(), ref.length(), ref.chunkId()));
  }

  /** Sealed bytes of chunks that came from the store. */
  long bytesReceived() {
    return chunks.bytesReceived();
  }

  @Override
  public void close() {
    chunks.close();
    if (index != null) {
      index.close();
    }
  }
}

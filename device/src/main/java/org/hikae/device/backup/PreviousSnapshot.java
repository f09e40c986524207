package org.hikae.device.backup;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.pack.RunContext;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.manifest.SnapshotFormat;
import org.hikae.device.run.ProgressListener.WarningKind;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.NewerFormatException;
import org.hikae.device.snapshot.ChunkIndex;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.snapshot.OpenedSnapshotRoot;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ObjectList;
import org.jspecify.annotations.Nullable;

/**
 * What the newest snapshot of the series tells the next run: the manifest to compare with, chunks
 * that are stored, numbers of packs. A previous snapshot that cannot be read is told and then
 * counts as none: everything is read again.
 */
final class PreviousSnapshot implements AutoCloseable {

  private final BackupStore store;
  private final RunContext run;
  private final Set<Hash256> objects;
  private final Set<Hash256> lost;
  private final Set<Hash256> pendingStored;
  private final SnapshotFormat nextFormat;
  private @Nullable OpenedSnapshot snapshot;
  private PackTable packs;
  private volatile long receivedToFill;

  private PreviousSnapshot(
      BackupStore store,
      RunContext run,
      @Nullable OpenedSnapshot snapshot,
      Set<Hash256> objects,
      Set<Hash256> lost,
      Set<Hash256> pendingStored) {
    this.store = store;
    this.run = run;
    this.snapshot = snapshot;
    this.objects = objects;
    this.lost = lost;
    this.pendingStored = pendingStored;
    this.packs = snapshot == null ? new PackTable() : snapshot.packs();
    SnapshotFormat format = snapshot == null ? null : snapshot.root().formats();
    this.nextFormat = run.signing().least().after(format);
  }

  static PreviousSnapshot load(BackupStore store, RunContext run, Optional<SnapshotView> newest)
      throws BackupStoreException {
    Set<Hash256> objects = new HashSet<>();
    OpenedSnapshot snapshot = null;
    if (newest.isPresent()) {
      SnapshotView view = newest.get();
      List<Hash256> listed = store.objects(view.snapshotId());
      requireList(listed, view);
      objects.addAll(listed);
      snapshot = open(store, run, view, listed);
    }
    Set<Hash256> pending = run.pending().names();
    Set<Hash256> kept = new HashSet<>(objects);
    if (newest.isPresent()) {
      kept.add(OpenedSnapshotRoot.rootOf(newest.get()));
    }
    Set<Hash256> asked = new HashSet<>(kept);
    asked.addAll(pending);
    Set<Hash256> missing = asked.isEmpty() ? Set.of() : store.missing(asked);
    kept.retainAll(missing);
    if (!kept.isEmpty()) {
      SnapshotBuilder.warn(run, WarningKind.STORED_PACKS_LOST, String.valueOf(kept.size()));
    }
    Set<Hash256> lost = new HashSet<>(objects);
    lost.retainAll(missing);
    lost.removeAll(sendCopies(store, run, kept));
    pending.removeAll(missing);
    pending.removeAll(objects);
    run.pending().keepOnly(pending);
    return new PreviousSnapshot(store, run, snapshot, objects, lost, pending);
  }

  /**
   * Sends again those of which there is a copy, which heals every snapshot that lists them; gives
   * their names.
   */
  private static Set<Hash256> sendCopies(BackupStore store, RunContext run, Set<Hash256> names)
      throws BackupStoreException {
    Set<Hash256> sent = new HashSet<>();
    for (Hash256 name : names) {
      Optional<byte[]> copy = run.cache().get(name);
      if (copy.isPresent()) {
        store.put(name, copy.get());
        run.uploader().sent(copy.get().length);
        sent.add(name);
      }
    }
    return sent;
  }

  /** Only the manifest to compare with: nothing of the store's packs is known. */
  static PreviousSnapshot toCompare(
      BackupStore store, RunContext run, Optional<SnapshotView> newest)
      throws BackupStoreException {
    OpenedSnapshot snapshot = newest.isPresent() ? open(store, run, newest.get(), null) : null;
    return new PreviousSnapshot(store, run, snapshot, Set.of(), Set.of(), Set.of());
  }

  /** Opens it with the list that the store has given; null for one that is not asked for yet. */
  private static @Nullable OpenedSnapshot open(
      BackupStore store, RunContext run, SnapshotView view, @Nullable List<Hash256> listed)
      throws BackupStoreException {
    try {
      if (view.generation() >= run.key().generation()) {
        return requireOwn(
            run,
            listed == null
                ? OpenedSnapshot.openStrictly(store, run.cache(), run.key(), view)
                : OpenedSnapshot.openStrictly(store, run.cache(), run.key(), view, listed));
      }
      // Whoever has the earlier K must not learn what a later snapshot contains.
      SnapshotBuilder.warn(run, WarningKind.KEY_ROTATED, "");
    } catch (NewerFormatException e) {
      // To go on would be to go back.
      throw new BackupStoreException(RunResult.REFUSED, String.valueOf(e.getMessage()), e);
    } catch (DamagedDataException e) {
      SnapshotBuilder.warn(run, WarningKind.PREVIOUS_UNREADABLE, String.valueOf(e.getMessage()));
    }
    return null;
  }

  /**
   * Refuses to build on a snapshot that another holder of K may have put into this series: what
   * "did not change" since then would be taken over from it.
   */
  private static OpenedSnapshot requireOwn(RunContext run, OpenedSnapshot open)
      throws DamagedDataException {
    if (run.signing().signed() && !open.root().formats().signed()) {
      open.close();
      throw new DamagedDataException("It is not signed by this device, which signs its snapshots.");
    }
    return open;
  }

  /** The delta is made against this list, so it must be the one that was committed. */
  private static void requireList(List<Hash256> listed, SnapshotView view)
      throws BackupStoreException {
    try {
      if (ObjectList.hash(listed).equals(Hash256.parse(view.listHash()))) {
        return;
      }
    } catch (MalformedException e) {
      // Refused below.
    }
    throw new BackupStoreException(
        RunResult.CORRUPT, "The store's object list is not the one that was committed.", null);
  }

  /**
   * Puts every chunk of the previous snapshot that is still stored into the index. Of a manifest
   * that is damaged those before the damage; the walk, which reads it too, comes upon it.
   */
  void fill(ChunkIndex index) throws IOException, BackupStoreException {
    OpenedSnapshot open = snapshot;
    if (open == null) {
      return;
    }
    try (OpenedSnapshot own = open.another(store, run.cache(), run.key())) {
      try {
        fill(index, own);
      } finally {
        receivedToFill = own.bytesReceived();
      }
    } catch (DamagedDataException e) {
      // As said.
    }
  }

  private void fill(ChunkIndex index, OpenedSnapshot open)
      throws IOException, BackupStoreException, DamagedDataException {
    ManifestReader<BackupStoreException> in = open.tree();
    ManifestRecord record = in.next();
    while (!(record instanceof ManifestRecord.End)) {
      if (record instanceof ManifestRecord.Data data) {
        for (ChunkRef ref : data.chunks()) {
          // A number that is in no table is damage, too.
          if (!lost.contains(packs.name(ref.pack()))) {
            index.add(ref);
          }
        }
      }
      record = in.next();
    }
  }

  /** Takes over nothing unread: the manifest is damaged. Chunks in the index keep their numbers. */
  void compareNoMore() {
    close();
    snapshot = null;
  }

  /** The manifest to compare with, from its start; null when there is none. */
  @Nullable PreviousManifest tree() throws DamagedDataException, BackupStoreException {
    return snapshot == null ? null : new PreviousManifest(snapshot.tree());
  }

  @Nullable RootContent root() {
    return snapshot == null ? null : snapshot.root();
  }

  /** In which form the snapshot after this one is, also when its manifest is compared no more. */
  SnapshotFormat nextFormat() {
    return nextFormat;
  }

  PackTable packs() {
    return packs;
  }

  /** The list that the delta is made against. */
  Set<Hash256> objects() {
    return objects;
  }

  /** Listed packs that are no longer stored. */
  Set<Hash256> lost() {
    return lost;
  }

  /** Packs of interrupted runs that are stored and belong to no snapshot of this series. */
  Set<Hash256> pendingStored() {
    return pendingStored;
  }

  long bytesReceived() {
    return receivedToFill + (snapshot == null ? 0 : snapshot.bytesReceived());
  }

  @Override
  public void close() {
    if (snapshot != null) {
      snapshot.close();
    }
  }
}

package org.hikae.device.backup;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.pack.Run;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.manifest.TreeReader;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.run.Progress.Kind;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.LaterFormatException;
import org.hikae.device.snapshot.ChunkIndex;
import org.hikae.device.snapshot.OpenRoot;
import org.hikae.device.snapshot.OpenSnapshot;
import org.hikae.device.store.SnapshotStore;
import org.hikae.device.store.StoreException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ObjectList;
import org.jspecify.annotations.Nullable;

/**
 * What the newest snapshot of the series tells the next run: the manifest to compare with, chunks
 * that are stored, numbers of packs. A previous snapshot that cannot be read is told and then
 * counts as none: everything is read again.
 */
final class Previous implements AutoCloseable {

  private final SnapshotStore store;
  private final Run run;
  private final Set<Hash256> objects;
  private final Set<Hash256> lost;
  private final Set<Hash256> pendingStored;
  private @Nullable OpenSnapshot snapshot;
  private PackTable packs;
  private volatile long receivedToFill;

  private Previous(
      SnapshotStore store,
      Run run,
      @Nullable OpenSnapshot snapshot,
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
  }

  static Previous load(SnapshotStore store, Run run, Optional<SnapshotView> newest)
      throws StoreException {
    Set<Hash256> objects = new HashSet<>();
    OpenSnapshot snapshot = null;
    if (newest.isPresent()) {
      SnapshotView view = newest.get();
      List<Hash256> listed = store.objects(view.snapshotId());
      requireList(listed, view);
      objects.addAll(listed);
      snapshot = open(store, run, view);
    }
    Set<Hash256> pending = run.pending().names();
    Set<Hash256> kept = new HashSet<>(objects);
    if (newest.isPresent()) {
      kept.add(OpenRoot.rootOf(newest.get()));
    }
    Set<Hash256> asked = new HashSet<>(kept);
    asked.addAll(pending);
    Set<Hash256> missing = asked.isEmpty() ? Set.of() : store.missing(asked);
    kept.retainAll(missing);
    if (!kept.isEmpty()) {
      SnapshotMaker.warn(run, Kind.STORED_PACKS_LOST, String.valueOf(kept.size()));
    }
    Set<Hash256> lost = new HashSet<>(objects);
    lost.retainAll(missing);
    lost.removeAll(sendCopies(store, run, kept));
    pending.removeAll(missing);
    pending.removeAll(objects);
    run.pending().keepOnly(pending);
    return new Previous(store, run, snapshot, objects, lost, pending);
  }

  /**
   * Sends again those of which there is a copy, which heals every snapshot that lists them; gives
   * their names.
   */
  private static Set<Hash256> sendCopies(SnapshotStore store, Run run, Set<Hash256> names)
      throws StoreException {
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
  static Previous toCompare(SnapshotStore store, Run run, Optional<SnapshotView> newest)
      throws StoreException {
    OpenSnapshot snapshot = newest.isPresent() ? open(store, run, newest.get()) : null;
    return new Previous(store, run, snapshot, Set.of(), Set.of(), Set.of());
  }

  private static @Nullable OpenSnapshot open(SnapshotStore store, Run run, SnapshotView view)
      throws StoreException {
    try {
      if (view.generation() >= run.key().generation()) {
        return requireOwn(run, OpenSnapshot.openStrictly(store, run.cache(), run.key(), view));
      }
      // Whoever has the earlier K must not learn what a later snapshot contains.
      SnapshotMaker.warn(run, Kind.KEY_ROTATED, "");
    } catch (LaterFormatException e) {
      // To go on would be to go back.
      throw new StoreException(RunResult.REFUSED, String.valueOf(e.getMessage()), e);
    } catch (DamagedException e) {
      SnapshotMaker.warn(run, Kind.PREVIOUS_UNREADABLE, String.valueOf(e.getMessage()));
    }
    return null;
  }

  /**
   * Refuses to build on a snapshot that another holder of K may have put into this series: what
   * "did not change" since then would be taken over from it.
   */
  private static OpenSnapshot requireOwn(Run run, OpenSnapshot open) throws DamagedException {
    if (run.signing().signed() && !open.root().formats().signed()) {
      open.close();
      throw new DamagedException("It is not signed by this device, which signs its snapshots.");
    }
    return open;
  }

  /** The delta is made against this list, so it must be the one that was committed. */
  private static void requireList(List<Hash256> listed, SnapshotView view) throws StoreException {
    try {
      if (ObjectList.hash(listed).equals(Hash256.parse(view.listHash()))) {
        return;
      }
    } catch (MalformedException e) {
      // Refused below.
    }
    throw new StoreException(
        RunResult.CORRUPT, "The store's object list is not the one that was committed.", null);
  }

  /**
   * Puts every chunk of the previous snapshot that is still stored into the index. Of a manifest
   * that is damaged those before the damage; the walk, which reads it too, comes upon it.
   */
  void fill(ChunkIndex index) throws IOException, StoreException {
    OpenSnapshot open = snapshot;
    if (open == null) {
      return;
    }
    try (OpenSnapshot own = open.another(store, run.cache(), run.key())) {
      try {
        fill(index, own);
      } finally {
        receivedToFill = own.bytesReceived();
      }
    } catch (DamagedException e) {
      // As said.
    }
  }

  private void fill(ChunkIndex index, OpenSnapshot open)
      throws IOException, StoreException, DamagedException {
    TreeReader<StoreException> in = open.tree();
    TreeRecord record = in.next();
    while (!(record instanceof TreeRecord.End)) {
      if (record instanceof TreeRecord.Data data) {
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
  @Nullable PreviousTree tree() throws DamagedException, StoreException {
    return snapshot == null ? null : new PreviousTree(snapshot.tree());
  }

  @Nullable RootContent root() {
    return snapshot == null ? null : snapshot.root();
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

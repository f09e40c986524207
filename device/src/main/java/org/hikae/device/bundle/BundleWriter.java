package org.hikae.device.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshotRoot;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.bundle.BundleStore;
import org.hikae.problem.wire.ProblemCode;

/**
 * Copies the object lists, roots and packs of a set's snapshots into a bundle. What is there
 * already and has its hash is not fetched. One thing that the portal does not hand out keeps
 * nothing else away: it is named. The names of all objects are in memory, and of objects two.
 */
public final class BundleWriter {

  /** Most objects of a set, some 50 TiB in packs as our own writer makes them. */
  private static final int MAX_OBJECTS = 4_000_000;

  private static final int MAX_LIST_BYTES = CommitSnapshot.MAX_NAMES * Hk1Constants.HASH_BYTES;

  private final BackupStore store;
  private final BundleStore bundle;
  private final ProgressListener progress;
  private final List<BundleDamage> damages = new ArrayList<>();
  private long damaged;

  /** Copies from {@code store} into {@code bundle}. */
  public BundleWriter(BackupStore store, BundleStore bundle, ProgressListener progress) {
    this.store = store;
    this.bundle = bundle;
    this.progress = progress;
  }

  /**
   * Copies what these snapshots need. Nothing is copied for those of another set, for removed ones,
   * and for those whose description cannot be.
   *
   * @param shown all that the portal shows, in any order
   * @param setId the set, hexadecimal
   */
  public BundleResult copy(List<SnapshotView> shown, String setId)
      throws BackupStoreException, IOException {
    Set<Hash256> names = new LinkedHashSet<>();
    long snapshots = 0;
    long removed = 0;
    for (SnapshotView view : shown) {
      if (progress.cancelled()) {
        break;
      }
      if (!view.setId().equals(setId)) {
        continue;
      }
      if (view.removed()) {
        removed++;
        continue;
      }
      try {
        SnapshotStub stub = OpenedSnapshotRoot.stub(view);
        snapshots++;
        names.add(stub.root());
        names.addAll(list(view.snapshotId(), stub.listHash()));
        if (names.size() > MAX_OBJECTS) {
          throw new BackupStoreException(
              RunResult.CORRUPT, "more than " + MAX_OBJECTS + " objects are listed", null);
        }
      } catch (DamagedDataException e) {
        damage(new BundleDamage(BundleDamage.Kind.SNAPSHOT_MALFORMED, view.snapshotId(), ""));
      }
    }
    ObjectCopyPipeline objects = new ObjectCopyPipeline(store, bundle, progress, this::damage);
    objects.copy(names);
    bundle.sync();
    RunResult result = damaged == 0 ? RunResult.SUCCESS : RunResult.CORRUPT;
    return new BundleResult(
        progress.cancelled() ? RunResult.CANCELLED : result,
        snapshots,
        removed,
        names.size(),
        objects.kept(),
        objects.written(),
        objects.received(),
        damages,
        damaged);
  }

  private synchronized void damage(BundleDamage damage) {
    damaged++;
    if (damages.size() < BundleResult.MOST_DAMAGES) {
      damages.add(damage);
    }
  }

  /** The list of a snapshot, from the bundle where it is there; none when it is kept back. */
  private List<Hash256> list(String snapshotId, Hash256 hash)
      throws BackupStoreException, IOException {
    Optional<List<Hash256>> before =
        bundle
            .read(BundleStore.LISTS, snapshotId, MAX_LIST_BYTES)
            .flatMap(BundleWriter::names)
            .filter(names -> ObjectList.hash(names).equals(hash));
    if (before.isPresent()) {
      return before.get();
    }
    List<Hash256> names;
    try {
      names = store.objects(snapshotId);
    } catch (WithheldObjectException e) {
      damage(new BundleDamage(BundleDamage.Kind.LIST_WITHHELD, snapshotId, e.answer()));
      return List.of();
    } catch (BackupStoreException e) {
      if (e.getCause() instanceof PortalRefusalException refusal
          && refusal.is(ProblemCode.SNAPSHOT_REMOVED)) {
        // Removed since it was listed, or so the portal says.
        damage(new BundleDamage(BundleDamage.Kind.LIST_WITHHELD, snapshotId, "410"));
        return List.of();
      }
      throw e;
    }
    if (!ObjectList.hash(names).equals(hash)) {
      damage(new BundleDamage(BundleDamage.Kind.LIST_DAMAGED, snapshotId, ""));
    }
    bundle.write(BundleStore.LISTS, snapshotId, joined(names));
    return names;
  }

  /** The names of a list in a bundle; nothing when it has half a name. */
  private static Optional<List<Hash256>> names(byte[] joined) {
    if (joined.length % Hk1Constants.HASH_BYTES != 0) {
      return Optional.empty();
    }
    List<Hash256> names = new ArrayList<>(joined.length / Hk1Constants.HASH_BYTES);
    for (int at = 0; at < joined.length; at += Hk1Constants.HASH_BYTES) {
      names.add(Hash256.of(Arrays.copyOfRange(joined, at, at + Hk1Constants.HASH_BYTES)));
    }
    return Optional.of(names);
  }

  private static byte[] joined(List<Hash256> names) {
    ByteArrayOutputStream joined =
        new ByteArrayOutputStream(names.size() * Hk1Constants.HASH_BYTES);
    names.forEach(name -> joined.writeBytes(name.toBytes()));
    return joined.toByteArray();
  }
}

package org.hikae.device.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.TreeReader;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.snapshot.OpenRoot;
import org.hikae.device.snapshot.OpenSnapshot;
import org.hikae.device.store.SnapshotStore;
import org.hikae.device.store.StoreException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Ids;

/**
 * Verifies snapshots of one device and one generation of K, which share packs with no others: roots
 * and lists, then the packs of the manifests, the manifests, and the packs of the files.
 */
final class SeriesCheck {

  /** A cancelled run ends after so many records. */
  private static final int RECORDS_BETWEEN_LOOKS = 4096;

  private final SnapshotStore store;
  private final BackupKey key;
  private final Scope scope;
  private final Findings findings = new Findings();
  private final HeldPacks held = new HeldPacks();
  private final Watch watch;
  private final List<SnapshotView> readable = new ArrayList<>();
  private final Set<Hash256> manifestPacks = new TreeSet<>();
  private final Set<Hash256> dataPacks = new HashSet<>();

  /** What roots say of the packs of the manifests, which become known one after the other. */
  private final References ofManifests = new References(manifestPacks, References.MAX_ENTRIES);

  SeriesCheck(SnapshotStore store, BackupKey key, Scope scope, Watch watch) {
    this.store = store;
    this.key = key;
    this.scope = scope;
    this.watch = watch;
  }

  /**
   * How much is looked at.
   *
   * @param samplePercent share of the packs of files that are opened, 1 to 100
   * @param entriesAtOnce entries of packs that are noted at a time
   * @param random chooses the packs
   * @param stay identifiers of snapshots that are damaged when they are gone
   */
  record Scope(int samplePercent, int entriesAtOnce, RandomGenerator random, Set<String> stay) {}

  /** Looks at these snapshots; the answer is what is wrong. */
  List<Damage> run(List<SnapshotView> snapshots, SealContext context) throws StoreException {
    for (SnapshotView view : snapshots) {
      watch.look();
      survey(view);
    }
    dataPacks.removeAll(manifestPacks);
    Collection<Hash256> chosen = choose();
    int manifests = manifestPacks.size();
    watch.found(manifests + dataPacks.size(), manifests + chosen.size());
    try (PackChecker checker = new PackChecker(store, key, context, findings, held, watch)) {
      checker.check(manifestPacks, ofManifests, true);
      dataPacks(checker, chosen);
    }
    return findings.none()
        ? List.of()
        : new Attribution(store, key, findings, watch, scope.stay())
            .damages(readable, Ids.hex(context.deviceId()));
  }

  private void survey(SnapshotView view) throws StoreException {
    try {
      OpenRoot root = OpenRoot.open(store, held, key, view);
      requireListed(root);
      dataPacks.addAll(root.objects());
      manifestPacks.addAll(root.content().manifestPacks());
      for (List<ManifestRef> part : List.of(root.content().packTable(), root.content().tree())) {
        part.forEach(each -> note(ofManifests, each.pack(), each.ref()));
      }
      readable.add(view);
    } catch (DamagedException e) {
      findings.snapshot(view, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      if (Removed.isStillListed(store, view)) {
        throw e;
      }
      gone(view);
    }
  }

  /** What the list does not name the store may collect, although it is there now. */
  private static void requireListed(OpenRoot root) throws DamagedException {
    if (!Set.copyOf(root.objects()).containsAll(root.content().manifestPacks())) {
      throw new DamagedException("The root refers to a pack that the object list does not name.");
    }
  }

  private void gone(SnapshotView view) {
    if (scope.stay().contains(view.snapshotId())) {
      findings.snapshot(view, Removed.NEWEST);
    }
  }

  /** The packs of files that are opened; of the others the store only says whether it has them. */
  private Collection<Hash256> choose() throws StoreException {
    List<Hash256> packs = new ArrayList<>(dataPacks);
    Collections.shuffle(packs, scope.random());
    int count = Math.toIntExact(((long) packs.size() * scope.samplePercent() + 99) / 100);
    List<Hash256> others = packs.subList(count, packs.size());
    if (!others.isEmpty()) {
      for (Hash256 missing : store.missing(others)) {
        findings.pack(missing, Damage.Kind.PACK_MISSING, "The store does not have the pack.");
      }
    }
    return packs.subList(0, count);
  }

  private void dataPacks(PackChecker checker, Collection<Hash256> chosen) throws StoreException {
    Set<Hash256> left = new HashSet<>(chosen);
    boolean first = true;
    do {
      References references = new References(left, scope.entriesAtOnce());
      for (SnapshotView view : readable) {
        manifest(view, references, first);
      }
      Set<Hash256> now = Set.copyOf(references.complete());
      checker.check(now, references, false);
      left.removeAll(now);
      first = false;
    } while (!left.isEmpty());
  }

  private void manifest(SnapshotView view, References references, boolean first)
      throws StoreException {
    try (OpenSnapshot open = OpenSnapshot.open(store, held, key, view)) {
      try {
        long files = read(open, references);
        watch.files(first ? files : 0);
      } finally {
        watch.received(open.bytesReceived());
      }
    } catch (DamagedException e) {
      findings.snapshot(view, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      if (Removed.isStillListed(store, view)) {
        throw e;
      }
      gone(view);
    }
  }

  /** Reads the whole manifest by its rules; the answer is how many files it has. */
  private long read(OpenSnapshot open, References references)
      throws DamagedException, StoreException {
    if (!open.isTableWhole()) {
      throw new DamagedException("A part of the pack table is missing or damaged.");
    }
    TreeReader<StoreException> tree = open.tree();
    long files = 0;
    long records = 0;
    TreeRecord record = tree.next();
    while (!(record instanceof TreeRecord.End)) {
      if (++records % RECORDS_BETWEEN_LOOKS == 0) {
        watch.look();
      }
      if (record instanceof TreeRecord.Data data) {
        for (ChunkRef ref : data.chunks()) {
          Hash256 pack = open.packs().name(ref.pack());
          if (!open.objects().contains(pack) || manifestPacks.contains(pack)) {
            throw new DamagedException("The manifest refers to a pack that has no files.");
          }
          note(references, pack, ref);
        }
      } else if (record instanceof TreeRecord.FileEnd) {
        files++;
      }
      record = tree.next();
    }
    return files;
  }

  private static void note(References references, Hash256 pack, ChunkRef ref) {
    References.Noted noted = references.of(pack);
    if (noted != null) {
      noted.add(ref);
    }
  }
}

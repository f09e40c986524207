package org.hikae.device.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.TreeReader;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.snapshot.OpenRoot;
import org.hikae.device.snapshot.OpenSnapshot;
import org.hikae.device.snapshot.PackCopies;
import org.hikae.device.store.SnapshotStore;
import org.hikae.device.store.StoreException;
import org.hikae.hk1.Hash256;

/**
 * Tells which snapshots need what is damaged, and how many files of each. Reads the manifests once
 * more, which costs nothing as long as nothing is damaged.
 */
final class Attribution {

  private final SnapshotStore store;
  private final BackupKey key;
  private final Findings findings;
  private final Watch watch;
  private final Set<String> stay;
  private final Set<Hash256> concerned;
  private final Map<Hash256, Map<Integer, Long>> truths;
  private final Map<Hash256, List<Damage.Need>> needs = new LinkedHashMap<>();
  private final Map<Hash256, List<Damage.Need>> wrong = new LinkedHashMap<>();

  Attribution(
      SnapshotStore store, BackupKey key, Findings findings, Watch watch, Set<String> stay) {
    this.store = store;
    this.key = key;
    this.findings = findings;
    this.watch = watch;
    this.stay = stay;
    this.concerned = findings.concerned();
    this.truths = findings.truths();
  }

  /** Files of one snapshot that touch a pack. */
  private static final class Touched {

    private final Map<Hash256, Long> files = new LinkedHashMap<>();
    private final Set<Hash256> byThisFile = new HashSet<>();

    void add(Hash256 pack) {
      byThisFile.add(pack);
    }

    void endFile(boolean counts) {
      if (counts) {
        byThisFile.forEach(pack -> files.merge(pack, 1L, Long::sum));
      }
      byThisFile.clear();
    }
  }

  /**
   * What is wrong, with the snapshots that are concerned; of a removed snapshot nothing is, but of
   * those that stay.
   */
  List<Damage> damages(List<SnapshotView> readable, String deviceId) throws StoreException {
    Set<String> shown = Removed.listed(store, deviceId);
    for (SnapshotView view : readable) {
      watch.look();
      if (shown.contains(view.snapshotId())) {
        attribute(view);
      } else if (stay.contains(view.snapshotId())) {
        findings.snapshot(view, Removed.NEWEST);
      }
    }
    List<Damage> damages = new ArrayList<>();
    for (Map.Entry<SnapshotView, String> each : findings.snapshots().entrySet()) {
      SnapshotView view = each.getKey();
      if (shown.contains(view.snapshotId()) || stay.contains(view.snapshotId())) {
        Damage.Need need = new Damage.Need(view.snapshotId(), OptionalLong.of(view.files()));
        damages.add(new Damage(Damage.Kind.SNAPSHOT, "", each.getValue(), List.of(need)));
      }
    }
    Map<Hash256, Findings.BrokenPack> broken = findings.packs();
    needs.forEach(
        (pack, list) -> {
          Findings.BrokenPack what = broken.get(pack);
          if (what != null) {
            damages.add(new Damage(what.kind(), pack.hex(), what.detail(), list));
          }
        });
    wrong.forEach(
        (pack, list) ->
            damages.add(
                new Damage(
                    Damage.Kind.REFERENCE,
                    pack.hex(),
                    "The manifest refers to entries that the pack does not have.",
                    list)));
    return damages;
  }

  private void attribute(SnapshotView view) throws StoreException {
    Set<Hash256> listed;
    Set<Hash256> ofManifest;
    try {
      OpenRoot root = OpenRoot.open(store, PackCopies.NONE, key, view);
      listed = new HashSet<>(root.objects());
      listed.retainAll(concerned);
      ofManifest = new HashSet<>(root.content().manifestPacks());
    } catch (DamagedException e) {
      // It opened a moment ago, so this is news of the same kind.
      findings.snapshot(view, String.valueOf(e.getMessage()));
      return;
    }
    if (listed.isEmpty()) {
      return;
    }
    Touched needed = new Touched();
    Touched mistaken = new Touched();
    Map<Hash256, Findings.BrokenPack> broken = findings.packs();
    StoodIn stoodIn = new StoodIn(broken.keySet());
    boolean whole = count(view, needed, mistaken, stoodIn);
    for (Hash256 pack : listed) {
      if (broken.containsKey(pack)) {
        boolean known = whole && !ofManifest.contains(pack);
        OptionalLong files =
            known ? OptionalLong.of(needed.files.getOrDefault(pack, 0L)) : OptionalLong.empty();
        Optional<String> healedBy = whole ? stoodIn.by(pack) : Optional.empty();
        needs
            .computeIfAbsent(pack, p -> new ArrayList<>())
            .add(new Damage.Need(view.snapshotId(), files, healedBy));
      }
    }
    mistaken.files.forEach(
        (pack, files) ->
            wrong
                .computeIfAbsent(pack, p -> new ArrayList<>())
                .add(new Damage.Need(view.snapshotId(), OptionalLong.of(files))));
  }

  /** Counts files; false when the manifest cannot be read to its end. */
  private boolean count(SnapshotView view, Touched needed, Touched mistaken, StoodIn stoodIn)
      throws StoreException {
    try (OpenSnapshot open = OpenSnapshot.open(store, key, view)) {
      TreeReader<StoreException> tree = open.tree();
      TreeRecord record = tree.next();
      while (!(record instanceof TreeRecord.End)) {
        switch (record) {
          case TreeRecord.Data data -> {
            data(open, data, needed, mistaken);
            stoodIn.tryAll(open, data);
          }
          case TreeRecord.Restart again -> {
            needed.endFile(false);
            mistaken.endFile(false);
          }
          case TreeRecord.FileEnd end -> {
            boolean counts = end.state() != TreeRecord.FileEnd.State.VOID;
            needed.endFile(counts);
            mistaken.endFile(counts);
          }
          default -> {
            // Has no contents.
          }
        }
        record = tree.next();
      }
      stoodIn.end(open);
      return true;
    } catch (DamagedException e) {
      // Found before.
      return false;
    }
  }

  private void data(OpenSnapshot open, TreeRecord.Data data, Touched needed, Touched mistaken)
      throws DamagedException {
    for (ChunkRef ref : data.chunks()) {
      Hash256 pack = open.packs().name(ref.pack());
      if (concerned.contains(pack)) {
        needed.add(pack);
        Long truth = truths.getOrDefault(pack, Map.of()).get(ref.entry().number());
        long said = References.fingerprint(ref.entry(), ref.length(), ref.chunkId());
        if (truth != null && truth != said) {
          mistaken.add(pack);
        }
      }
    }
  }
}

package org.hikae.device.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.snapshot.OpenedSnapshotRoot;
import org.hikae.device.snapshot.SealedObjectCache;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;

/**
 * Tells which snapshots need what is damaged, and how many files of each. Reads the manifests once
 * more, which costs nothing as long as nothing is damaged.
 */
final class DamageAttribution {

  private final BackupStore store;
  private final BackupKey key;
  private final VerificationFindings findings;
  private final VerificationProgress verificationProgress;
  private final Set<String> stay;
  private final Set<Hash256> concerned;
  private final Map<Hash256, Map<Integer, Long>> truths;
  private final Map<Hash256, List<Damage.AffectedSnapshot>> needs = new LinkedHashMap<>();
  private final Map<Hash256, List<Damage.AffectedSnapshot>> wrong = new LinkedHashMap<>();

  DamageAttribution(
      BackupStore store,
      BackupKey key,
      VerificationFindings findings,
      VerificationProgress verificationProgress,
      Set<String> stay) {
    this.store = store;
    this.key = key;
    this.findings = findings;
    this.verificationProgress = verificationProgress;
    this.stay = stay;
    this.concerned = findings.concerned();
    this.truths = findings.truths();
  }

  /** Files of one snapshot that touch a pack. */
  private static final class AffectedFiles {

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
  List<Damage> damages(List<SnapshotView> readable, String deviceId) throws BackupStoreException {
    Predicate<String> shown = RemovedSnapshots.listed(store, deviceId);
    for (SnapshotView view : readable) {
      verificationProgress.look();
      if (shown.test(view.snapshotId())) {
        attribute(view);
      } else if (stay.contains(view.snapshotId())) {
        findings.snapshot(view, RemovedSnapshots.NEWEST);
      }
    }
    List<Damage> damages = new ArrayList<>();
    for (Map.Entry<SnapshotView, String> each : findings.snapshots().entrySet()) {
      SnapshotView view = each.getKey();
      if (shown.test(view.snapshotId()) || stay.contains(view.snapshotId())) {
        Damage.AffectedSnapshot affectedSnapshot =
            new Damage.AffectedSnapshot(view.snapshotId(), OptionalLong.of(view.files()));
        damages.add(
            new Damage(Damage.Kind.SNAPSHOT, "", each.getValue(), List.of(affectedSnapshot)));
      }
    }
    Map<Hash256, VerificationFindings.BrokenPack> broken = findings.packs();
    needs.forEach(
        (pack, list) -> {
          VerificationFindings.BrokenPack what = broken.get(pack);
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

  private void attribute(SnapshotView view) throws BackupStoreException {
    Set<Hash256> listed;
    Set<Hash256> ofManifest;
    try {
      OpenedSnapshotRoot root = OpenedSnapshotRoot.open(store, SealedObjectCache.NONE, key, view);
      listed = new HashSet<>(root.objects());
      listed.retainAll(concerned);
      ofManifest = new HashSet<>(root.content().manifestPacks());
    } catch (DamagedDataException e) {
      // It opened a moment ago, so this is news of the same kind.
      findings.snapshot(view, String.valueOf(e.getMessage()));
      return;
    } catch (WithheldObjectException e) {
      findings.snapshot(view, e.ofSnapshot());
      return;
    }
    if (listed.isEmpty()) {
      return;
    }
    AffectedFiles needed = new AffectedFiles();
    AffectedFiles mistaken = new AffectedFiles();
    Map<Hash256, VerificationFindings.BrokenPack> broken = findings.packs();
    SubstituteCheck substituteCheck = new SubstituteCheck(broken.keySet());
    boolean whole = count(view, needed, mistaken, substituteCheck);
    for (Hash256 pack : listed) {
      if (broken.containsKey(pack)) {
        boolean known = whole && !ofManifest.contains(pack);
        OptionalLong files =
            known ? OptionalLong.of(needed.files.getOrDefault(pack, 0L)) : OptionalLong.empty();
        Optional<String> healedBy = whole ? substituteCheck.by(pack) : Optional.empty();
        needs
            .computeIfAbsent(pack, p -> new ArrayList<>())
            .add(new Damage.AffectedSnapshot(view.snapshotId(), files, healedBy));
      }
    }
    mistaken.files.forEach(
        (pack, files) ->
            wrong
                .computeIfAbsent(pack, p -> new ArrayList<>())
                .add(new Damage.AffectedSnapshot(view.snapshotId(), OptionalLong.of(files))));
  }

  /** Counts files; false when the manifest cannot be read to its end. */
  private boolean count(
      SnapshotView view,
      AffectedFiles needed,
      AffectedFiles mistaken,
      SubstituteCheck substituteCheck)
      throws BackupStoreException {
    try (OpenedSnapshot open = OpenedSnapshot.open(store, key, view)) {
      ManifestReader<BackupStoreException> tree = open.tree();
      ManifestRecord record = tree.next();
      while (!(record instanceof ManifestRecord.End)) {
        switch (record) {
          case ManifestRecord.Data data -> {
            data(open, data, needed, mistaken);
            substituteCheck.tryAll(open, data);
          }
          case ManifestRecord.Restart again -> {
            needed.endFile(false);
            mistaken.endFile(false);
          }
          case ManifestRecord.FileEnd end -> {
            boolean counts = end.state() != ManifestRecord.FileEnd.State.VOID;
            needed.endFile(counts);
            mistaken.endFile(counts);
          }
          default -> {
            // Has no contents.
          }
        }
        record = tree.next();
      }
      substituteCheck.end(open);
      return true;
    } catch (DamagedDataException e) {
      // Found before.
      return false;
    } catch (BackupStoreException e) {
      if (e.getCause() instanceof WithheldObjectException withheld) {
        findings.snapshot(view, withheld.ofSnapshot());
        return false;
      }
      throw e;
    }
  }

  private void data(
      OpenedSnapshot open, ManifestRecord.Data data, AffectedFiles needed, AffectedFiles mistaken)
      throws DamagedDataException {
    for (ChunkRef ref : data.chunks()) {
      Hash256 pack = open.packs().name(ref.pack());
      if (concerned.contains(pack)) {
        needed.add(pack);
        Long truth = truths.getOrDefault(pack, Map.of()).get(ref.entry().number());
        long said = ManifestReferences.fingerprint(ref.entry(), ref.length(), ref.chunkId());
        if (truth != null && truth != said) {
          mistaken.add(pack);
        }
      }
    }
  }
}

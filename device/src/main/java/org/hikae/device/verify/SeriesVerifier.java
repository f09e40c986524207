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
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.snapshot.OpenedSnapshotRoot;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;

/**
 * Verifies snapshots of one device and one generation of K, which share packs with no others: roots
 * and lists, then the packs of the manifests, the manifests, and the packs of the files.
 */
final class SeriesVerifier {

  /** A cancelled run ends after so many records. */
  private static final int RECORDS_BETWEEN_LOOKS = 4096;

  private final BackupStore store;
  private final BackupKey key;
  private final VerificationDepth verificationDepth;
  private final VerificationFindings findings = new VerificationFindings();
  private final VerifiedPackCache verifiedPacks = new VerifiedPackCache();
  private final VerificationProgress verificationProgress;
  private final List<SnapshotView> readable = new ArrayList<>();
  private final Set<Hash256> manifestPacks = new TreeSet<>();
  private final Set<Hash256> dataPacks = new HashSet<>();

  /** What roots say of the packs of the manifests, which become known one after the other. */
  private final ManifestReferences ofManifests =
      new ManifestReferences(manifestPacks, ManifestReferences.MAX_ENTRIES);

  SeriesVerifier(
      BackupStore store,
      BackupKey key,
      VerificationDepth verificationDepth,
      VerificationProgress verificationProgress) {
    this.store = store;
    this.key = key;
    this.verificationDepth = verificationDepth;
    this.verificationProgress = verificationProgress;
  }

  /**
   * How much is looked at.
   *
   * @param sample how many packs of files are opened
   * @param deep whether entries are decompressed and their identifiers computed
   * @param entriesAtOnce entries of packs that are noted at a time
   * @param random chooses the packs
   * @param stay identifiers of snapshots that are damaged when they are gone
   */
  record VerificationDepth(
      PackSample sample,
      boolean deep,
      int entriesAtOnce,
      RandomGenerator random,
      Set<String> stay) {}

  /** Looks at these snapshots; the answer is what is wrong. */
  List<Damage> run(List<SnapshotView> snapshots, SealContext context) throws BackupStoreException {
    for (SnapshotView view : snapshots) {
      verificationProgress.look();
      survey(view);
    }
    dataPacks.removeAll(manifestPacks);
    Collection<Hash256> chosen = choose();
    verificationProgress.found(manifestPacks.size(), dataPacks.size(), chosen.size());
    try (PackVerifier checker =
        new PackVerifier(
            store,
            key,
            context,
            findings,
            verifiedPacks,
            verificationProgress,
            verificationDepth.deep())) {
      checker.check(manifestPacks, ofManifests, true);
      dataPacks(checker, chosen);
    }
    return findings.none()
        ? List.of()
        : new DamageAttribution(
                store, key, findings, verificationProgress, verificationDepth.stay())
            .damages(readable, TextCodec.hex(context.deviceId()));
  }

  private void survey(SnapshotView view) throws BackupStoreException {
    try {
      OpenedSnapshotRoot root = OpenedSnapshotRoot.open(store, verifiedPacks, key, view);
      requireListed(root);
      dataPacks.addAll(root.objects());
      manifestPacks.addAll(root.content().manifestPacks());
      for (List<ManifestRef> part : List.of(root.content().packTable(), root.content().tree())) {
        part.forEach(each -> note(ofManifests, each.pack(), each.ref()));
      }
      readable.add(view);
    } catch (DamagedDataException e) {
      findings.snapshot(view, String.valueOf(e.getMessage()));
    } catch (WithheldObjectException e) {
      findings.snapshot(view, e.ofSnapshot());
    } catch (BackupStoreException e) {
      if (RemovedSnapshots.isStillListed(store, view)) {
        throw e;
      }
      gone(view);
    }
  }

  /** What the list does not name the store may collect, although it is there now. */
  private static void requireListed(OpenedSnapshotRoot root) throws DamagedDataException {
    if (!Set.copyOf(root.objects()).containsAll(root.content().manifestPacks())) {
      throw new DamagedDataException(
          "The root refers to a pack that the object list does not name.");
    }
  }

  private void gone(SnapshotView view) {
    if (verificationDepth.stay().contains(view.snapshotId())) {
      findings.snapshot(view, RemovedSnapshots.NEWEST);
    }
  }

  /** The packs of files that are opened; of the others the store only says whether it has them. */
  private Collection<Hash256> choose() throws BackupStoreException {
    List<Hash256> packs = new ArrayList<>(dataPacks);
    Collections.shuffle(packs, verificationDepth.random());
    int count = verificationDepth.sample().count(packs.size());
    List<Hash256> others = packs.subList(count, packs.size());
    if (!others.isEmpty()) {
      for (Hash256 missing : store.missing(others)) {
        findings.pack(missing, Damage.Kind.PACK_MISSING, "The store does not have the pack.");
      }
    }
    return packs.subList(0, count);
  }

  private void dataPacks(PackVerifier checker, Collection<Hash256> chosen)
      throws BackupStoreException {
    Set<Hash256> left = new HashSet<>(chosen);
    boolean first = true;
    do {
      ManifestReferences references =
          new ManifestReferences(left, verificationDepth.entriesAtOnce());
      for (SnapshotView view : readable) {
        manifest(view, references, first);
      }
      Set<Hash256> now = Set.copyOf(references.complete());
      checker.check(now, references, false);
      left.removeAll(now);
      first = false;
    } while (!left.isEmpty());
  }

  private void manifest(SnapshotView view, ManifestReferences references, boolean first)
      throws BackupStoreException {
    try (OpenedSnapshot open = OpenedSnapshot.open(store, verifiedPacks, key, view)) {
      try {
        long files = read(open, references);
        verificationProgress.files(first ? files : 0);
      } finally {
        verificationProgress.received(open.bytesReceived());
      }
    } catch (DamagedDataException e) {
      findings.snapshot(view, String.valueOf(e.getMessage()));
    } catch (BackupStoreException e) {
      if (e.getCause() instanceof WithheldObjectException withheld) {
        findings.snapshot(view, withheld.ofSnapshot());
        return;
      }
      if (RemovedSnapshots.isStillListed(store, view)) {
        throw e;
      }
      gone(view);
    }
  }

  /** Reads the whole manifest by its rules; the answer is how many files it has. */
  private long read(OpenedSnapshot open, ManifestReferences references)
      throws DamagedDataException, BackupStoreException {
    if (!open.isTableWhole()) {
      throw new DamagedDataException("A part of the pack table is missing or damaged.");
    }
    ManifestReader<BackupStoreException> tree = open.tree();
    long files = 0;
    long records = 0;
    ManifestRecord record = tree.next();
    while (!(record instanceof ManifestRecord.End)) {
      if (++records % RECORDS_BETWEEN_LOOKS == 0) {
        verificationProgress.look();
      }
      if (record instanceof ManifestRecord.Data data) {
        for (ChunkRef ref : data.chunks()) {
          Hash256 pack = open.packs().name(ref.pack());
          if (!open.objects().contains(pack) || manifestPacks.contains(pack)) {
            throw new DamagedDataException("The manifest refers to a pack that has no files.");
          }
          note(references, pack, ref);
        }
      } else if (record instanceof ManifestRecord.FileEnd) {
        files++;
      }
      record = tree.next();
    }
    return files;
  }

  private static void note(ManifestReferences references, Hash256 pack, ChunkRef ref) {
    ManifestReferences.PackReferences packReferences = references.of(pack);
    if (packReferences != null) {
      packReferences.add(ref);
    }
  }
}

package org.hikae.device.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.backup.HostileSnapshot;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InstrumentedBackupStore;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two snapshots of five files in some packs, and what a verification says of damage to them
 * (HK1-D-13).
 */
@EveryThirdRun
class VerificationTest {

  private static final EntryMetadata META =
      new EntryMetadata(0700, 1, 1, new FileTime(1, 0), new FileTime(1, 0), 1, List.of());

  private TemporaryTree tree;
  private BackupFixture backupFixture;
  private InstrumentedBackupStore store;
  private SnapshotView first;
  private SnapshotView second;

  @BeforeEach
  void open() throws Exception {
    tree = new TemporaryTree();
    backupFixture = new BackupFixture();
    store = new InstrumentedBackupStore(backupFixture.store());
    EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 5);
    try (FileHandle source = tree.makeDirectory("source")) {
      for (char name = 'a'; name <= 'd'; name++) {
        maker.file(source, EdgeCaseTree.name("file " + name), maker.bytes(6_000_000));
      }
      first = backupFixture.backUp(tree.path("source")).snapshot();
      maker.file(source, EdgeCaseTree.name("small"), maker.bytes(1000));
      second = backupFixture.backUp(tree.path("source")).snapshot();
    }
  }

  @AfterEach
  void close() throws Exception {
    assertThat(InstrumentedBackupStore.threads()).isEmpty();
    backupFixture.close();
    tree.close();
  }

  private List<SnapshotView> both() {
    return List.of(second, first);
  }

  private VerificationResult verify(int percent) throws Exception {
    return verify(percent, ManifestReferences.MAX_ENTRIES, ProgressListener.NONE);
  }

  private VerificationResult verify(int percent, int entriesAtOnce, ProgressListener progress)
      throws Exception {
    return new Verification(store, Map.of(1L, backupFixture.key()), new Random(7), entriesAtOnce)
        .run(both(), PackSample.of(percent), progress);
  }

  private Set<Hash256> manifestPacks(SnapshotView view) throws Exception {
    try (OpenedSnapshot open =
        OpenedSnapshot.open(backupFixture.store(), backupFixture.key(), view)) {
      return new TreeSet<>(open.root().manifestPacks());
    }
  }

  private Set<Hash256> all() throws Exception {
    Set<Hash256> all = new TreeSet<>(backupFixture.store().objects(first.snapshotId()));
    all.addAll(backupFixture.store().objects(second.snapshotId()));
    return all;
  }

  private Set<Hash256> dataPacks() throws Exception {
    Set<Hash256> packs = all();
    packs.removeAll(manifestPacks(first));
    packs.removeAll(manifestPacks(second));
    return packs;
  }

  @Test
  void what_is_sound_is_said_to_be_and_each_pack_is_fetched_once() throws Exception {
    List<Long> progress = new ArrayList<>();
    VerificationResult result =
        verify(
            100,
            ManifestReferences.MAX_ENTRIES,
            new ProgressListener() {
              @Override
              public void packs(long done, long total, long plainBytes) {
                progress.add(done);
              }
            });
    assertThat(result.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(result.damages()).isEmpty();
    assertThat(result.packs()).isEqualTo(all().size());
    assertThat(result.packsOpened()).isEqualTo(all().size());
    assertThat(result.tally().files()).isEqualTo(9);
    assertThat(result.tally().bytesRead()).isGreaterThan(24_001_000);
    assertThat(store.gets().keySet()).containsAll(all());
    for (Hash256 pack : all()) {
      assertThat(store.gets().get(pack)).isEqualTo(1);
      assertThat(store.ranges()).doesNotContainKey(pack);
    }
    assertThat(progress).isSorted().endsWith((long) all().size());
    VerificationResult deep =
        new Verification(store, Map.of(1L, backupFixture.key()), new Random(7))
            .deeply()
            .run(both(), PackSample.ALL, ProgressListener.NONE);
    assertThat(deep.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(deep.tally().bytesRead()).isEqualTo(result.tally().bytesRead());
  }

  @Test
  void a_flipped_bit_anywhere_in_a_pack_is_found_and_named_with_its_files() throws Exception {
    for (Hash256 pack : dataPacks()) {
      byte[] object = backupFixture.store().objects().get(pack);
      for (int at : new int[] {2, 60, 100, object.length / 2, object.length - 50}) {
        object[at] ^= 1;
        VerificationResult result = verify(100);
        assertThat(result.result()).isEqualTo(RunResult.CORRUPT);
        assertThat(result.damages()).hasSize(1);
        Damage damage = result.damages().getFirst();
        assertThat(damage.kind()).isEqualTo(Damage.Kind.PACK_DAMAGED);
        assertThat(damage.pack()).isEqualTo(pack.hex());
        assertNeeds(damage, pack);
        object[at] ^= 1;
      }
    }
    assertThat(verify(100).result()).isEqualTo(RunResult.SUCCESS);
  }

  private void assertNeeds(Damage damage, Hash256 pack) throws Exception {
    Set<String> expected = new HashSet<>();
    for (SnapshotView view : both()) {
      if (backupFixture.store().objects(view.snapshotId()).contains(pack)) {
        expected.add(view.snapshotId());
      }
    }
    assertThat(damage.needs())
        .extracting(Damage.AffectedSnapshot::snapshotId)
        .hasSameElementsAs(expected);
    assertThat(damage.needs())
        .allSatisfy(
            affectedSnapshot -> assertThat(affectedSnapshot.files().orElse(0)).isBetween(1L, 5L));
  }

  @Test
  void a_missing_pack_is_named_even_by_a_sample_that_does_not_open_it() throws Exception {
    for (Hash256 pack : dataPacks()) {
      byte[] object = backupFixture.store().objects().remove(pack);
      for (int percent : new int[] {100, 1}) {
        VerificationResult result = verify(percent);
        assertThat(result.result()).isEqualTo(RunResult.CORRUPT);
        assertThat(result.damages()).hasSize(1);
        Damage damage = result.damages().getFirst();
        assertThat(damage.kind()).isEqualTo(Damage.Kind.PACK_MISSING);
        assertThat(damage.pack()).isEqualTo(pack.hex());
        assertNeeds(damage, pack);
      }
      backupFixture.store().objects().put(pack, object);
    }
  }

  @Test
  void all_damage_is_found_in_one_run() throws Exception {
    List<Hash256> packs = new ArrayList<>(dataPacks());
    assertThat(packs).hasSizeGreaterThan(2);
    backupFixture.store().objects().remove(packs.get(0));
    backupFixture.store().objects().get(packs.get(1))[500] ^= 1;
    backupFixture
        .store()
        .objects()
        .put(packs.get(2), backupFixture.store().objects().get(packs.get(1)));
    assertThat(verify(100).damages())
        .extracting(Damage::pack)
        .containsExactlyInAnyOrder(packs.get(0).hex(), packs.get(1).hex(), packs.get(2).hex());
  }

  @Test
  void damage_of_the_transfer_is_not_damage() throws Exception {
    Set<Hash256> flipped = new HashSet<>();
    store.reading(
        (name, object) -> {
          synchronized (flipped) {
            if (object.length > 1000 && flipped.add(name)) {
              object[200] ^= 1;
            }
          }
          return object;
        });
    // A root comes once only: it is small, and no pack.
    assertThat(verify(100).damages()).isEmpty();
  }

  @Test
  void a_sample_opens_a_share_of_the_packs_and_reads_all_manifests() throws Exception {
    VerificationResult result = verify(1);
    Set<Hash256> manifests = manifestPacks(first);
    manifests.addAll(manifestPacks(second));
    assertThat(result.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(result.packs()).isEqualTo(all().size());
    assertThat(result.packsOpened()).isEqualTo(manifests.size() + 1L);
    int files = dataPacks().size();
    assertThat(result.sample()).isEqualTo(new SampleCoverage(files, 1, 1.0 / files));
    assertThat(result.tally().files()).isEqualTo(9);
    for (Hash256 pack : manifests) {
      byte[] object = backupFixture.store().objects().get(pack);
      object[90] ^= 1;
      assertThat(verify(1).damages())
          .extracting(Damage::kind)
          .contains(Damage.Kind.PACK_DAMAGED, Damage.Kind.SNAPSHOT);
      object[90] ^= 1;
    }
    assertThatThrownBy(() -> verify(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> verify(101)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_missing_pack_of_a_manifest_costs_its_snapshots() throws Exception {
    Set<Hash256> own = manifestPacks(second);
    own.removeAll(manifestPacks(first));
    backupFixture.store().objects().keySet().removeAll(own);
    VerificationResult result = verify(100);
    assertThat(result.result()).isEqualTo(RunResult.CORRUPT);
    assertThat(result.damages())
        .allSatisfy(
            damage ->
                assertThat(damage.needs())
                    .extracting(Damage.AffectedSnapshot::snapshotId)
                    .containsExactly(second.snapshotId()));
    assertThat(result.damages())
        .extracting(Damage::kind)
        .contains(Damage.Kind.SNAPSHOT, Damage.Kind.PACK_MISSING);
    assertThat(result.tally().files()).isEqualTo(4);
  }

  @Test
  void a_damaged_root_or_list_is_the_snapshots() throws Exception {
    byte[] root = backupFixture.store().objects().get(Hash256.parse(first.root()));
    root[90] ^= 1;
    VerificationResult result = verify(100);
    assertThat(result.damages()).hasSize(1);
    assertThat(result.damages().getFirst().kind()).isEqualTo(Damage.Kind.SNAPSHOT);
    assertThat(result.damages().getFirst().needs())
        .containsExactly(new Damage.AffectedSnapshot(first.snapshotId(), OptionalLong.of(4)));
    root[90] ^= 1;
    backupFixture.store().objects().remove(Hash256.parse(second.root()));
    assertThat(verify(100).damages().getFirst().needs().getFirst().snapshotId())
        .isEqualTo(second.snapshotId());
  }

  /** HK1-M-02: collection goes by the list, whatever is there today. */
  @Test
  void a_root_whose_packs_are_not_in_the_list_is_damage() throws Exception {
    SnapshotView unlisted =
        HostileSnapshot.commitUnlisted(
            backupFixture,
            out -> {
              out.enter(new ManifestRecord.Enter(new byte[0], META, false));
              out.leave();
              out.end();
            });
    VerificationResult result =
        new Verification(store, Map.of(1L, backupFixture.key()), new Random(7))
            .run(List.of(unlisted), PackSample.ALL, ProgressListener.NONE);
    assertThat(result.result()).isEqualTo(RunResult.CORRUPT);
    assertThat(result.damages()).extracting(Damage::kind).containsExactly(Damage.Kind.SNAPSHOT);
  }

  @Test
  void entries_beyond_the_room_come_in_further_rounds() throws Exception {
    VerificationResult result = verify(100, 1, ProgressListener.NONE);
    assertThat(result.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(result.packsOpened()).isEqualTo(all().size());
    assertThat(result.tally().files()).isEqualTo(9);
    for (Hash256 pack : dataPacks()) {
      assertThat(store.gets().get(pack)).isEqualTo(1);
    }
  }

  @Test
  void a_snapshot_that_was_removed_meanwhile_is_no_damage() throws Exception {
    VerificationResult result = verifiedWhileGoing(first, second);
    assertThat(result.damages()).isEmpty();
    assertThat(result.result()).isEqualTo(RunResult.SUCCESS);
  }

  @Test
  void the_newest_does_not_go_whatever_the_store_says() throws Exception {
    VerificationResult result = verifiedWhileGoing(second, first);
    assertThat(result.result()).isEqualTo(RunResult.CORRUPT);
    assertThat(result.damages())
        .extracting(Damage::kind, damage -> damage.needs().getFirst().snapshotId())
        .containsExactly(tuple(Damage.Kind.SNAPSHOT, second.snapshotId()));
  }

  private VerificationResult verifiedWhileGoing(SnapshotView gone, SnapshotView other)
      throws Exception {
    Set<Hash256> only = new TreeSet<>(backupFixture.store().objects(gone.snapshotId()));
    only.removeAll(backupFixture.store().objects(other.snapshotId()));
    backupFixture.store().committed().remove(gone);
    backupFixture.store().objects().keySet().removeAll(only);
    return new Verification(store, Map.of(1L, backupFixture.key()), new Random(7))
        .run(both(), PackSample.ALL, ProgressListener.NONE);
  }

  @Test
  void a_store_that_fails_ends_the_run_and_its_threads() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    store.reading(
        (name, object) -> {
          if (reads.incrementAndGet() > 6) {
            throw new BackupStoreException(RunResult.NETWORK, "no connection", null);
          }
          return object;
        });
    assertThatThrownBy(() -> verify(100))
        .isInstanceOfSatisfying(
            BackupStoreException.class, e -> assertThat(e.result()).isEqualTo(RunResult.NETWORK));
    assertThat(InstrumentedBackupStore.threads()).isEmpty();
  }

  @Test
  void a_lack_of_memory_in_a_thread_does_not_pass_for_sound() throws Exception {
    Hash256 pack = dataPacks().iterator().next();
    store.reading(
        (name, object) -> {
          if (name.equals(pack)) {
            throw new OutOfMemoryError("planted");
          }
          return object;
        });
    assertThatThrownBy(() -> verify(100)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_cancelled_run_ends_its_threads() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    VerificationResult result =
        verify(
            100,
            ManifestReferences.MAX_ENTRIES,
            new ProgressListener() {
              @Override
              public boolean cancelled() {
                return asked.incrementAndGet() > 4;
              }
            });
    assertThat(result.result()).isEqualTo(RunResult.CANCELLED);
    assertThat(InstrumentedBackupStore.threads()).isEmpty();
  }
}

package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.InstrumentedBackupStore;
import org.hikae.device.verify.Damage;
import org.hikae.device.verify.PackSample;
import org.hikae.device.verify.Verification;
import org.hikae.device.verify.VerificationResult;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * HK1-S-12, HK1-S-16: what was damaged in an earlier snapshot and sent again by a later backup
 * restores from both, and what nobody has any more is told.
 */
@EveryThirdRun
class ChunkSubstitutesTest extends RestoreTestBase {

  private SnapshotView first;

  @BeforeEach
  void open() throws Exception {
    EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 11);
    try (FileHandle source = tree.makeDirectory("source")) {
      for (char name = 'a'; name <= 'd'; name++) {
        maker.file(source, EdgeCaseTree.name("file " + name), maker.bytes(5_000_000));
      }
      maker.file(source, EdgeCaseTree.name("small"), maker.bytes(1000));
    }
    first = backUp();
  }

  private SnapshotView backUp() throws Exception {
    return backupFixture.backUp(tree.path("source")).snapshot();
  }

  private Path source(String name) {
    return tree.place().resolve("source").resolve(name);
  }

  private List<Hash256> packs(boolean ofManifest) throws Exception {
    try (OpenedSnapshot open =
        OpenedSnapshot.open(backupFixture.store(), backupFixture.key(), first)) {
      Set<Hash256> packs = new TreeSet<>(backupFixture.store().objects(first.snapshotId()));
      if (ofManifest) {
        packs.retainAll(open.root().manifestPacks());
      } else {
        packs.removeAll(open.root().manifestPacks());
      }
      return new ArrayList<>(packs);
    }
  }

  private void assertRestoresEqual(SnapshotView view, String target) throws Exception {
    assertThat(backupFixture.restore(view, tree.path("source"), tree.path(target)).result())
        .isEqualTo(RunResult.SUCCESS);
    TreeComparator.assertEqual(tree.path("source"), tree.path(target));
  }

  private List<String> stoodIn() {
    return backupFixture.warnings().stream()
        .filter(warning -> warning.kind() == ProgressListener.WarningKind.STOOD_IN)
        .map(ProgressListener.Warning::detail)
        .toList();
  }

  private VerificationResult verify(SnapshotView... views) throws Exception {
    return new Verification(backupFixture.store(), Map.of(1L, backupFixture.key()), new Random(7))
        .run(List.of(views), PackSample.ALL, ProgressListener.NONE);
  }

  @Test
  void a_rotten_pack_is_sent_anew_by_the_next_backup_and_heals_both_snapshots() throws Exception {
    List<Hash256> packs = packs(false);
    assertThat(packs).hasSizeGreaterThan(1);
    Hash256 rotten = packs.getFirst();
    backupFixture.store().rot(rotten);
    Hash256 gone = packs.getLast();
    backupFixture.store().objects().remove(gone);
    assertThat(backupFixture.restore(first, tree.path("source"), tree.path("before")).result())
        .isEqualTo(RunResult.CORRUPT);
    assertThat(verify(first).result()).isEqualTo(RunResult.CORRUPT);

    SnapshotView second = backUp();
    assertThat(backupFixture.store().objects(second.snapshotId())).doesNotContain(rotten, gone);
    assertRestoresEqual(second, "new");
    assertThat(stoodIn()).isEmpty();
    assertRestoresEqual(first, "old");
    assertThat(stoodIn())
        .hasSize(2)
        .allSatisfy(told -> assertThat(told).endsWith(second.snapshotId()))
        .anySatisfy(told -> assertThat(told).startsWith(rotten.hex()))
        .anySatisfy(told -> assertThat(told).startsWith(gone.hex()));
  }

  @Test
  void verify_tells_what_is_healed_from_what_is_lost() throws Exception {
    Hash256 rotten = packs(false).getFirst();
    backupFixture.store().rot(rotten);
    SnapshotView second = backUp();
    VerificationResult healed = verify(second, first);
    assertThat(healed.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(healed.tally().failed()).isZero();
    assertThat(healed.damages()).hasSize(1);
    Damage damage = healed.damages().getFirst();
    assertThat(damage.pack()).isEqualTo(rotten.hex());
    assertThat(damage.needs()).hasSize(1);
    assertThat(damage.needs().getFirst().snapshotId()).isEqualTo(first.snapshotId());
    assertThat(damage.needs().getFirst().healedBy()).contains(second.snapshotId());

    Set<Hash256> replacements = new TreeSet<>(backupFixture.store().objects(second.snapshotId()));
    replacements.removeAll(backupFixture.store().objects(first.snapshotId()));
    backupFixture.store().objects().keySet().removeAll(replacements);
    VerificationResult lost = verify(first);
    assertThat(lost.result()).isEqualTo(RunResult.CORRUPT);
    assertThat(lost.damages().getFirst().healed()).isFalse();
  }

  @Test
  void what_no_snapshot_has_any_more_is_told_and_the_rest_is_restored() throws Exception {
    backupFixture.store().objects().keySet().removeAll(packs(false));
    Files.delete(source("file a"));
    backUp();
    assertThat(backupFixture.restore(first, tree.path("source"), tree.path("old")).result())
        .isEqualTo(RunResult.CORRUPT);
    assertThat(
            backupFixture.warnings().stream()
                .filter(warning -> warning.kind() == ProgressListener.WarningKind.DAMAGED)
                .map(warning -> warning.path().toString()))
        .containsExactly("/file a");
    for (String name : List.of("file b", "file c", "file d", "small")) {
      assertThat(Files.mismatch(source(name), tree.place().resolve("old").resolve(name)))
          .isEqualTo(-1);
    }
    assertThat(verify(first).result()).isEqualTo(RunResult.CORRUPT);
  }

  @Test
  void an_earlier_snapshot_stands_in_for_a_later_one_too() throws Exception {
    for (Hash256 pack : packs(false)) {
      backupFixture.store().rot(pack);
    }
    SnapshotView second = backUp();
    for (Hash256 pack : packs(false)) {
      // As after the disk was mended.
      byte[] object = backupFixture.store().objects().get(pack);
      object[object.length / 2] ^= 1;
    }
    Set<Hash256> replacements = new TreeSet<>(backupFixture.store().objects(second.snapshotId()));
    try (OpenedSnapshot open =
        OpenedSnapshot.open(backupFixture.store(), backupFixture.key(), second)) {
      replacements.removeAll(open.root().manifestPacks());
    }
    backupFixture.store().objects().keySet().removeAll(replacements);
    assertRestoresEqual(second, "new");
    assertThat(stoodIn()).hasSameSizeAs(replacements);
  }

  @Test
  void a_lost_list_without_a_copy_costs_its_own_snapshot_only() throws Exception {
    backupFixture.store().objects().keySet().removeAll(packs(true));
    SnapshotView second = backUp();
    assertRestoresEqual(second, "new");
    assertThat(verify(second).damages()).isEmpty();
    VerificationResult both = verify(second, first);
    assertThat(both.result()).isEqualTo(RunResult.CORRUPT);
    assertThat(both.damages())
        .flatExtracting(Damage::needs)
        .extracting(Damage.AffectedSnapshot::snapshotId)
        .containsOnly(first.snapshotId());
  }

  @Test
  void copies_of_root_and_list_on_the_device_are_sent_again_as_they_were() throws Exception {
    backupFixture.withCache(Files.createDirectory(tree.place().resolve("cache")));
    Files.writeString(source("one more"), "x");
    first = backUp();
    List<Hash256> copied = packs(true);
    copied.add(Hash256.parse(first.root()));
    copied.forEach(backupFixture.store()::rot);
    Files.writeString(source("another"), "y");
    backUp();
    assertThat(backupFixture.warnings())
        .extracting(ProgressListener.Warning::kind)
        .containsExactly(ProgressListener.WarningKind.STORED_PACKS_LOST);
    Files.delete(source("another"));
    assertThat(verify(first).damages()).isEmpty();
    assertThat(backupFixture.restore(first, tree.path("source"), tree.path("old")).result())
        .isEqualTo(RunResult.SUCCESS);
    assertThat(backupFixture.warnings()).isEmpty();
    assertThat(tree.place().resolve("old/one more")).hasContent("x");
  }

  @Test
  void nothing_is_looked_for_before_there_is_damage_and_then_within_bounds() throws Exception {
    List<SnapshotView> all = new ArrayList<>(List.of(first));
    for (int i = 0; i < 20; i++) {
      Files.writeString(source("small"), "version " + i);
      all.add(backUp());
    }
    InstrumentedBackupStore watched = new InstrumentedBackupStore(backupFixture.store());
    RestoreRequest sound =
        new RestoreRequest(
            all.get(10), tree.path("source"), tree.path("sound"), OverwriteMode.REFUSE);
    assertThat(new Restore(watched, backupFixture.key()).run(sound, ProgressListener.NONE).result())
        .isEqualTo(RunResult.SUCCESS);
    assertThat(roots(watched, all)).isEqualTo(1);

    // One that it still needs: another may hold nothing but the file that has changed since.
    List<Hash256> needed = packs(false);
    needed.retainAll(backupFixture.store().objects(all.get(10).snapshotId()));
    backupFixture.store().objects().remove(needed.getFirst());
    RestoreRequest hurt =
        new RestoreRequest(
            all.get(10), tree.path("source"), tree.path("hurt"), OverwriteMode.REFUSE);
    assertThat(new Restore(watched, backupFixture.key()).run(hurt, ProgressListener.NONE).result())
        .isEqualTo(RunResult.CORRUPT);
    assertThat(roots(watched, all)).isEqualTo(1 + 16);
  }

  /** How many of the snapshots were looked into. */
  private static long roots(InstrumentedBackupStore watched, List<SnapshotView> all)
      throws Exception {
    Set<Hash256> roots = new TreeSet<>();
    for (SnapshotView view : all) {
      roots.add(Hash256.parse(view.root()));
    }
    roots.retainAll(watched.gets().keySet());
    return roots.size();
  }
}

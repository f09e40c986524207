package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.BackupResult;
import org.hikae.device.browse.SnapshotListing;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawPath;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InstrumentedBackupStore;
import org.hikae.device.store.PackRange;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a restore does when not all is well. */
@EveryThirdRun
class DamagedStoreRestoreTest extends RestoreTestBase {

  private SnapshotView snapshot;

  @BeforeEach
  void open() throws Exception {
    EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 5);
    try (FileHandle source = tree.makeDirectory("source")) {
      for (char name = 'a'; name <= 'd'; name++) {
        maker.file(source, EdgeCaseTree.name("file " + name), maker.bytes(6_000_000));
      }
      maker.file(source, EdgeCaseTree.name("first name"), maker.bytes(1000));
      tree.makeDirectory("source/zz").close();
      Files.createLink(source("zz/second name"), source("first name"));
      Files.createLink(source("zz/third name"), source("first name"));
      Files.createSymbolicLink(source("zz/link"), Path.of("../first name"));
    }
    BackupResult made = backupFixture.backUp(tree.path("source"));
    snapshot = made.snapshot();
  }

  private Path source(String name) {
    return tree.place().resolve("source").resolve(name);
  }

  private RestoreResult restore(String selection, String target) throws Exception {
    return backupFixture.restore(snapshot, tree.path(selection), tree.path(target));
  }

  private Set<Hash256> dataPacks() throws Exception {
    Set<Hash256> packs = new TreeSet<>(backupFixture.store().objects(snapshot.snapshotId()));
    try (OpenedSnapshot open =
        OpenedSnapshot.open(backupFixture.store(), backupFixture.key(), snapshot)) {
      packs.removeAll(open.root().manifestPacks());
    }
    return packs;
  }

  /** Every file that is there must be whole, and those that are not there must have been told. */
  private void assertRestIsWhole(String target) throws Exception {
    Set<String> told =
        backupFixture.warnings().stream()
            .map(warning -> warning.path().toString().substring(1))
            .collect(Collectors.toSet());
    Path restored = tree.place().resolve(target);
    try (var files = Files.walk(tree.place().resolve("source"))) {
      for (Path file :
          files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        String name = tree.place().resolve("source").relativize(file).toString();
        if (told.contains(name)) {
          assertThat(restored.resolve(name)).doesNotExist();
        } else {
          assertThat(Files.mismatch(file, restored.resolve(name))).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void each_damaged_pack_costs_its_own_files_only() throws Exception {
    int number = 0;
    for (Hash256 pack : dataPacks()) {
      byte[] object = backupFixture.store().objects().get(pack);
      object[object.length / 2] ^= 4;
      String target = "target " + number++;
      assertThat(restore("source", target).result()).isEqualTo(RunResult.CORRUPT);
      assertThat(backupFixture.warnings()).isNotEmpty().hasSizeLessThan(6);
      assertThat(backupFixture.warnings())
          .allMatch(warning -> warning.kind() == ProgressListener.WarningKind.DAMAGED);
      assertRestIsWhole(target);
      object[object.length / 2] ^= 4;
    }
    assertThat(number).isGreaterThan(1);
  }

  /** HK1-S-15. */
  @Test
  void one_flipped_bit_in_a_pack_of_small_files_costs_one_of_them() throws Exception {
    try (FileHandle small = tree.makeDirectory("small")) {
      EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 9);
      for (int i = 0; i < 50; i++) {
        maker.file(small, EdgeCaseTree.name("file " + i), maker.bytes(1000));
      }
    }
    snapshot = backupFixture.backUp(tree.path("small")).snapshot();
    for (Hash256 pack : dataPacks()) {
      byte[] object = backupFixture.store().objects().get(pack);
      object[object.length / 2] ^= 1;
    }
    RestoreResult result = restore("small", "target");
    assertThat(result.result()).isEqualTo(RunResult.CORRUPT);
    assertThat(result.tally().files()).isEqualTo(49);
    assertThat(backupFixture.warnings()).hasSize(1);
  }

  @Test
  void each_missing_pack_costs_its_own_files_only() throws Exception {
    int number = 0;
    for (Hash256 pack : dataPacks()) {
      byte[] object = backupFixture.store().objects().remove(pack);
      String target = "target " + number++;
      assertThat(restore("source", target).result()).isEqualTo(RunResult.CORRUPT);
      assertRestIsWhole(target);
      backupFixture.store().objects().put(pack, object);
    }
  }

  /** HK1-R-15. */
  @Test
  void each_pack_that_is_withheld_costs_its_own_files_only() throws Exception {
    int number = 0;
    for (Hash256 pack : dataPacks()) {
      String target = "target " + number++;
      InstrumentedBackupStore refusing =
          new InstrumentedBackupStore(backupFixture.store())
              .reading((name, object) -> name.equals(pack) ? withheld() : object);
      RestoreRequest request =
          new RestoreRequest(
              snapshot, tree.path("source"), tree.path(target), OverwriteMode.REFUSE);
      assertThat(
              new Restore(refusing, backupFixture.key())
                  .run(request, backupFixture.progress())
                  .result())
          .isEqualTo(RunResult.CORRUPT);
      assertThat(backupFixture.warnings())
          .isNotEmpty()
          .extracting(ProgressListener.Warning::detail)
          .contains("The portal does not hand out a pack (500).");
      assertRestIsWhole(target);
    }
    assertThat(number).isGreaterThan(1);
  }

  private static byte[] withheld() throws BackupStoreException {
    throw new WithheldObjectException(
        "500", new BackupStoreException(RunResult.NETWORK, "problem.internal", null));
  }

  @Test
  void a_pack_exchanged_for_another_of_the_series_is_refused() throws Exception {
    List<Hash256> packs = new ArrayList<>(dataPacks());
    byte[] other = backupFixture.store().objects().get(packs.get(1));
    backupFixture.store().objects().put(packs.get(0), other);
    assertThat(restore("source", "target").result()).isEqualTo(RunResult.CORRUPT);
    assertRestIsWhole("target");
  }

  @Test
  void a_damaged_root_or_manifest_is_told_as_corrupt() throws Exception {
    Hash256 root = Hash256.parse(snapshot.root());
    byte[] object = backupFixture.store().objects().get(root);
    object[90] ^= 1;
    assertThatThrownBy(() -> restore("source", "target"))
        .isInstanceOfSatisfying(
            BackupStoreException.class, e -> assertThat(e.result()).isEqualTo(RunResult.CORRUPT));
    object[90] ^= 1;
    Set<Hash256> manifest = new TreeSet<>(backupFixture.store().objects(snapshot.snapshotId()));
    manifest.removeAll(dataPacks());
    for (Hash256 pack : manifest) {
      backupFixture.store().objects().get(pack)[80] ^= 1;
    }
    RestoreResult result = restore("source", "target 2");
    assertThat(result.result()).isEqualTo(RunResult.CORRUPT);
    assertThat(result.tally().files()).isZero();
    for (Hash256 pack : manifest) {
      backupFixture.store().objects().remove(pack);
    }
    RestoreResult gone = restore("source", "target 3");
    assertThat(gone.result()).isEqualTo(RunResult.CORRUPT);
    assertThat(gone.tally().files()).isZero();
  }

  @Test
  void hk1_s_03_a_list_that_was_changed_is_refused() throws Exception {
    SnapshotView lie =
        new SnapshotView(
            snapshot.snapshotId(),
            snapshot.setId(),
            snapshot.deviceId(),
            snapshot.generation(),
            snapshot.sequence(),
            snapshot.previous(),
            snapshot.root(),
            Hash256.ZERO.hex(),
            snapshot.stubHash(),
            snapshot.committedAt(),
            snapshot.objects(),
            snapshot.storedBytes(),
            snapshot.files(),
            snapshot.plainBytes(),
            snapshot.fate());
    assertThatThrownBy(() -> backupFixture.restore(lie, RawPath.ROOT, tree.path("target")))
        .isInstanceOf(BackupStoreException.class);
    assertThat(tree.place().resolve("target")).doesNotExist();
  }

  @Test
  void a_target_with_entries_is_refused_unless_told_otherwise() throws Exception {
    Files.createDirectories(tree.place().resolve("target/zz"));
    Files.writeString(tree.place().resolve("target/file a"), "in the way");
    Files.writeString(tree.place().resolve("target/mine"), "kept");
    assertThatThrownBy(() -> restore("source", "target"))
        .isInstanceOf(DirectoryNotEmptyException.class);
    RestoreRequest request =
        new RestoreRequest(
            snapshot, tree.path("source"), tree.path("target"), OverwriteMode.ALWAYS);
    assertThat(
            new Restore(backupFixture.store(), backupFixture.key())
                .run(request, ProgressListener.NONE)
                .result())
        .isEqualTo(RunResult.SUCCESS);
    assertThat(Files.mismatch(source("file a"), tree.place().resolve("target/file a")))
        .isEqualTo(-1);
    assertThat(tree.place().resolve("target/mine")).hasContent("kept");
  }

  @Test
  void links_in_the_target_lead_nowhere() throws Exception {
    Path outside = Files.createDirectories(tree.place().resolve("outside"));
    Files.writeString(outside.resolve("file a"), "outside");
    Path target = Files.createDirectories(tree.place().resolve("target"));
    Files.createSymbolicLink(target.resolve("zz"), outside);
    Files.createSymbolicLink(target.resolve("file a"), outside.resolve("file a"));
    RestoreRequest request =
        new RestoreRequest(
            snapshot, tree.path("source"), tree.path("target"), OverwriteMode.ALWAYS);
    assertThat(
            new Restore(backupFixture.store(), backupFixture.key())
                .run(request, ProgressListener.NONE)
                .result())
        .isEqualTo(RunResult.SUCCESS);
    assertThat(outside.resolve("file a")).hasContent("outside");
    try (var files = Files.list(outside)) {
      assertThat(files).hasSize(1);
    }
    assertThat(target.resolve("zz/second name")).isRegularFile();
  }

  @Test
  void one_file_fetches_little() throws Exception {
    RestoreResult result = restore("source/first name", "target");
    assertThat(result.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(result.tally().files()).isEqualTo(1);
    // The file's chunk and the list of its pack's, each in one bucket or across the border of two.
    assertThat(result.tally().bytesReceived()).isLessThan(5 * PackRange.BUCKET_BYTES);
    assertThat(Files.mismatch(source("first name"), tree.place().resolve("target/first name")))
        .isEqualTo(-1);
  }

  @Test
  void a_further_name_alone_brings_its_contents() throws Exception {
    assertThat(restore("source/zz", "target").result()).isEqualTo(RunResult.SUCCESS);
    Path second = tree.place().resolve("target/second name");
    assertThat(Files.mismatch(source("first name"), second)).isEqualTo(-1);
    assertThat(Files.isSameFile(second, tree.place().resolve("target/third name"))).isTrue();
    assertThat(Files.getLastModifiedTime(tree.place().resolve("target")))
        .isEqualTo(Files.getLastModifiedTime(source("zz")));
    assertThat(restore("source/zz/third name", "target 2").result()).isEqualTo(RunResult.SUCCESS);
    assertThat(Files.mismatch(second, tree.place().resolve("target 2/third name"))).isEqualTo(-1);
  }

  @Test
  void a_selection_that_is_not_there_is_told() {
    assertThatThrownBy(() -> restore("source/nothing", "target"))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> restore("source/file a/below", "target 2"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void a_list_shows_what_is_in_a_snapshot() throws Exception {
    List<String> shown = new ArrayList<>();
    long count =
        new SnapshotListing(backupFixture.store(), backupFixture.key())
            .list(
                snapshot,
                tree.path("source"),
                entry ->
                    shown.add(
                        entry.type()
                            + " "
                            + entry.size()
                            + " "
                            + entry.path().toString().substring(tree.place().toString().length())
                            + " "
                            + new String(entry.linkTarget(), StandardCharsets.UTF_8)));
    assertThat(count).isEqualTo(10);
    assertThat(shown)
        .startsWith("DIRECTORY 0 /source ", "FILE 6000000 /source/file a ")
        .endsWith(
            "DIRECTORY 0 /source/zz ",
            "SYMLINK 0 /source/zz/link ../first name",
            "HARD_LINK 0 /source/zz/second name ",
            "HARD_LINK 0 /source/zz/third name ");
    assertThat(
            new SnapshotListing(backupFixture.store(), backupFixture.key())
                .list(snapshot, tree.path("source/file b"), entry -> true))
        .isEqualTo(1);
    assertThat(
            new SnapshotListing(backupFixture.store(), backupFixture.key())
                .list(snapshot, RawPath.ROOT, entry -> false))
        .isEqualTo(1);
  }
}

package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.exclude.ExcludeRules;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.ManifestWriter;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.snapshot.OpenedSnapshotRoot;
import org.hikae.device.snapshot.SealedObjectCache;
import org.hikae.device.snapshot.SeriesHeadCheck;
import org.hikae.device.snapshot.SeriesPosition;
import org.hikae.device.snapshot.SeriesRollbackException;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The second run and all after it; HK1-S-07. */
class IncrementalBackupTest {

  private TemporaryTree tree;
  private BackupFixture backupFixture;
  private EdgeCaseTree maker;

  @BeforeEach
  void open() throws Exception {
    tree = TemporaryTree.apart();
    backupFixture = new BackupFixture();
    maker = new EdgeCaseTree(tree.files(), 4);
    try (FileHandle source = tree.makeDirectory("source")) {
      maker.fill(source);
    }
  }

  @AfterEach
  void close() throws Exception {
    backupFixture.close();
    tree.close();
  }

  private Path source(String name) {
    return tree.place().resolve("source").resolve(name);
  }

  private BackupResult backUp() throws Exception {
    return backupFixture.backUp(tree.path("source"));
  }

  private void assertRestoresEqual(SnapshotView snapshot, String target) throws Exception {
    assertThat(backupFixture.restore(snapshot, tree.path("source"), tree.path(target)).result())
        .isEqualTo(RunResult.SUCCESS);
    TreeComparator.TreeComparison outcome =
        TreeComparator.compare(tree.path("source"), tree.path(target));
    assertThat(outcome.differences()).isEmpty();
  }

  @EveryThirdRun
  @Test
  void an_unchanged_tree_is_not_read_again_and_only_a_root_is_sent() throws Exception {
    List<Object> times = timesAbove();
    BackupResult first = backUp();
    BackupResult second = backUpUnchanged(first);
    if (timesAbove().equals(times)) {
      // Nobody but the runs themselves could have made a difference.
      assertThat(above(second)).isEqualTo(above(first));
    }
    assertRestoresEqual(second.snapshot(), "target");
  }

  @EveryThirdRun
  @Test
  void a_change_above_the_tree_costs_a_chunk_of_the_manifest_and_no_reading() throws Exception {
    BackupResult first = backUp();
    Files.createDirectory(tree.place().resolve("beside"));
    BackupResult second = backUpUnchanged(first);
    assertThat(above(second)).isNotEqualTo(above(first));
    assertRestoresEqual(second.snapshot(), "target");
  }

  /**
   * Backs up what is as it was. The same manifest gives the same chunks, so that only the root is
   * sent; but the manifest has the directories above too, which others may change meanwhile: then
   * one of its chunks is another one.
   */
  private BackupResult backUpUnchanged(BackupResult first) throws Exception {
    int before = backupFixture.store().puts();
    BackupResult second = backUp();
    assertThat(second.tally().bytesRead()).isZero();
    assertThat(second.tally().unchanged()).isEqualTo(first.tally().files());
    assertThat(second.tally().plainBytes()).isEqualTo(first.tally().plainBytes());
    int changed = Arrays.equals(above(first), above(second)) ? 0 : 1;
    assertThat(backupFixture.store().puts() - before).isEqualTo(1 + changed);
    Set<Hash256> added =
        new HashSet<>(backupFixture.store().objects(second.snapshot().snapshotId()));
    assertThat(added).containsAll(backupFixture.store().objects(first.snapshot().snapshotId()));
    added.removeAll(backupFixture.store().objects(first.snapshot().snapshotId()));
    assertThat(added).hasSize(changed);
    return second;
  }

  /** When the directories above the source were last changed. */
  private List<Object> timesAbove() throws Exception {
    List<Object> times = new ArrayList<>();
    for (Path path = tree.place(); path != null; path = path.getParent()) {
      times.add(Files.getAttribute(path, "unix:ctime"));
    }
    return times;
  }

  /** What a snapshot says of the directories above the source. */
  private byte[] above(BackupResult made) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ManifestWriter<RuntimeException> out = new ManifestWriter<>(bytes::writeBytes);
    try (OpenedSnapshot snapshot =
        OpenedSnapshot.open(backupFixture.store(), backupFixture.key(), made.snapshot())) {
      ManifestReader<BackupStoreException> in = snapshot.tree();
      while (in.next() instanceof ManifestRecord.Enter enter && enter.partial()) {
        out.write(enter);
      }
    }
    return bytes.toByteArray();
  }

  @EveryThirdRun
  @Test
  void changes_of_every_kind_are_seen() throws Exception {
    backUp();
    Files.writeString(source("contents/one"), "two");
    Files.delete(source("contents/large"));
    Files.move(source("contents/whole"), source("contents/moved"));
    Files.delete(source("kinds/aa earlier name"));
    Files.createDirectory(source("aaa new"));
    Files.writeString(source("aaa new/file"), "new");
    Files.delete(source("directories/empty"));
    Files.writeString(source("directories/empty"), "was a directory");
    Files.delete(source("contents/cut"));
    Files.createDirectory(source("contents/cut"));
    Files.setPosixFilePermissions(
        source("contents/text"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    BackupResult second = backUp();
    assertThat(second.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(second.tally().unchanged()).isPositive();
    assertRestoresEqual(second.snapshot(), "target");
  }

  @EveryThirdRun
  @Test
  void a_moved_file_is_read_but_not_sent_again() throws Exception {
    backUp();
    Files.move(source("contents/large"), source("contents/large too"));
    BackupResult second = backUp();
    assertThat(second.tally().bytesRead()).isEqualTo(5_000_000);
    assertThat(second.tally().bytesSent()).isLessThan(200_000);
    assertRestoresEqual(second.snapshot(), "target");
  }

  @Test
  void the_same_size_and_time_do_not_hide_a_change() throws Exception {
    backUp();
    byte[] name = EdgeCaseTree.name("large");
    try (FileHandle at = tree.files().openDirectoryFollowing(tree.path("source/contents"))) {
      FileTime modified = tree.files().status(at, name).modified();
      byte[] contents = Files.readAllBytes(source("contents/large"));
      contents[2_500_000] ^= 1;
      Files.write(source("contents/large"), contents);
      tree.files().changeTime(at, name, modified);
    }
    assertRestoresEqual(backUp().snapshot(), "target");
  }

  @EveryThirdRun
  @Test
  void a_file_changed_within_the_clock_s_grain_is_read_again() throws Exception {
    backupFixture.withClock(Clock.systemUTC());
    BackupResult first = backUp();
    BackupResult second = backUp();
    // Everything was made within two seconds of the first run.
    assertThat(second.tally().bytesRead()).isEqualTo(first.tally().bytesRead());
    assertThat(second.tally().bytesSent()).isLessThan(10_000);
  }

  @EveryThirdRun
  @Test
  void every_snapshot_of_a_series_restores_and_removed_packs_leave_the_list() throws Exception {
    SnapshotView first = backUp().snapshot();
    Files.delete(source("contents/large"));
    Files.delete(source("contents/cut"));
    SnapshotView second = backUp().snapshot();
    Files.write(source("contents/zz"), new byte[700_000]);
    SnapshotView third = backUp().snapshot();
    assertThat(List.of(first.sequence(), second.sequence(), third.sequence()))
        .containsExactly(1L, 2L, 3L);
    assertThat(third.previous()).isEqualTo(second.stubHash());
    assertRestoresEqual(third, "target");
    assertThat(
            backupFixture
                .restore(first, tree.path("source/contents/large"), tree.path("old"))
                .result())
        .isEqualTo(RunResult.SUCCESS);
    assertThat(Files.size(tree.place().resolve("old/large"))).isEqualTo(5_000_000);
  }

  @EveryThirdRun
  @Test
  void the_cache_can_be_lost_at_any_time() throws Exception {
    Path cache = Files.createDirectory(tree.place().resolve("cache"));
    backupFixture.withCache(cache);
    backUp();
    assertThat(backUp().tally().bytesReceived()).isZero();
    try (var files = Files.list(cache)) {
      for (Path file : files.toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }
    BackupResult third = backUp();
    assertThat(third.tally().bytesReceived()).isPositive();
    assertThat(third.tally().bytesRead()).isZero();
    assertRestoresEqual(third.snapshot(), "target");
  }

  @EveryThirdRun
  @Test
  void the_cache_holds_no_name_and_no_content() throws Exception {
    Path cache = Files.createDirectory(tree.place().resolve("cache"));
    backupFixture.withCache(cache);
    byte[] canary = EdgeCaseTree.name("canary-name-9f3b");
    try (FileHandle at = tree.files().openDirectoryFollowing(tree.path("source"))) {
      maker.file(at, canary, EdgeCaseTree.name("canary-content-77aa"));
    }
    backupFixture.store().failPutsAfter(1);
    assertThatThrownBy(this::backUp).isInstanceOf(BackupStoreException.class);
    backupFixture.store().heal();
    backUp();
    try (var files = Files.walk(cache)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content =
            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(content).doesNotContain("canary");
      }
    }
  }

  @EveryThirdRun
  @Test
  void packs_of_an_interrupted_run_are_used_by_the_next() throws Exception {
    backupFixture.withCache(Files.createDirectory(tree.place().resolve("cache")));
    for (int i = 0; i < 5; i++) {
      Files.write(source("contents/noise " + i), maker.bytes(9_000_000));
    }
    backupFixture.store().failPutsAfter(4);
    assertThatThrownBy(this::backUp)
        .isInstanceOfSatisfying(
            BackupStoreException.class, e -> assertThat(e.result()).isEqualTo(RunResult.NETWORK));
    assertThat(backupFixture.store().committed()).isEmpty();
    long kept = backupFixture.store().objects().values().stream().mapToLong(o -> o.length).sum();
    assertThat(kept).isGreaterThan(30_000_000);
    backupFixture.store().heal();
    BackupResult next = backUp();
    assertThat(next.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(next.tally().bytesSent())
        .isLessThan(next.tally().plainBytes() - 140_000_000 - kept / 2);
    assertRestoresEqual(next.snapshot(), "target");
    assertThat(backUp().tally().bytesRead()).isZero();
  }

  @EveryThirdRun
  @Test
  void a_run_that_fails_anywhere_leaves_the_store_as_it_was() throws Exception {
    BackupResult first = backUp();
    Files.write(source("contents/new"), maker.bytes(20_000_000));
    int failAfter = 0;
    while (true) {
      backupFixture.store().failPutsAfter(failAfter);
      try {
        backUp();
        break;
      } catch (BackupStoreException e) {
        assertThat(backupFixture.store().committed()).hasSize(1);
        failAfter++;
      }
    }
    backupFixture.store().heal();
    assertThat(failAfter).isGreaterThanOrEqualTo(4);
    assertThat(backupFixture.store().committed()).hasSize(2);
    assertRestoresEqual(backupFixture.store().committed().getLast(), "target");
    backupFixture.restore(first.snapshot(), tree.path("source"), tree.path("older"));
    assertThat(backupFixture.warnings()).isEmpty();
  }

  @EveryThirdRun
  @Test
  void packs_that_the_store_lost_are_told_and_sent_again() throws Exception {
    int packs = backupFixture.store().objects(backUp().snapshot().snapshotId()).size();
    assertThat(packs).isGreaterThan(1);
    for (int i = 0; i < packs; i++) {
      String newest = backupFixture.store().committed().getLast().snapshotId();
      Hash256 lost = backupFixture.store().objects(newest).get(i);
      byte[] object = backupFixture.store().objects().remove(lost);
      BackupResult next = backUp();
      assertThat(backupFixture.warnings())
          .extracting(ProgressListener.Warning::kind)
          .contains(ProgressListener.WarningKind.STORED_PACKS_LOST);
      assertRestoresEqual(next.snapshot(), "target " + i);
      backupFixture.store().objects().put(lost, object);
    }
  }

  @EveryThirdRun
  @Test
  void a_damaged_previous_root_costs_only_reading() throws Exception {
    BackupResult first = backUp();
    Hash256 root = Hash256.parse(first.snapshot().root());
    backupFixture.store().objects().get(root)[100] ^= 1;
    BackupResult second = backUp();
    assertThat(backupFixture.warnings())
        .extracting(ProgressListener.Warning::kind)
        .containsExactly(ProgressListener.WarningKind.PREVIOUS_UNREADABLE);
    assertThat(second.snapshot().sequence()).isEqualTo(2);
    assertRestoresEqual(second.snapshot(), "target");
  }

  @EveryThirdRun
  @Test
  void a_damaged_previous_manifest_costs_only_reading() throws Exception {
    BackupResult before = backUp();
    SnapshotView first = before.snapshot();
    OpenedSnapshotRoot root =
        OpenedSnapshotRoot.open(
            backupFixture.store(), SealedObjectCache.NONE, backupFixture.key(), first);
    ManifestRef records = root.content().tree().getLast();
    backupFixture.store().objects().get(records.pack())[records.ref().entry().offset()] ^= 1;
    BackupResult second = backUp();
    assertThat(backupFixture.warnings())
        .extracting(ProgressListener.Warning::kind)
        .containsExactly(ProgressListener.WarningKind.PREVIOUS_UNREADABLE);
    assertThat(second.tally().unchanged()).isZero();
    assertThat(second.tally().files()).isEqualTo(before.tally().files());
    assertRestoresEqual(second.snapshot(), "target");
  }

  @EveryThirdRun
  @Test
  void hk1_s_07_a_store_that_went_back_is_refused() throws Exception {
    backUp();
    SeriesPosition seen = SeriesHeadCheck.position(backUp().snapshot());
    backupFixture.store().committed().removeLast();
    BackupRequest request =
        new BackupRequest(List.of(tree.path("source")), ExcludeRules.NONE, false, seen);
    assertThatThrownBy(() -> backupFixture.backup().run(request, ProgressListener.NONE))
        .isInstanceOf(SeriesRollbackException.class);
    backupFixture.store().committed().clear();
    assertThatThrownBy(() -> backupFixture.backup().run(request, ProgressListener.NONE))
        .isInstanceOf(SeriesRollbackException.class);
  }

  @EveryThirdRun
  @Test
  void a_run_can_be_cancelled_and_commits_nothing() throws Exception {
    ProgressListener cancelling =
        new ProgressListener() {
          private int asked;

          @Override
          public boolean cancelled() {
            return ++asked > 60;
          }
        };
    BackupResult result =
        backupFixture.backup().run(BackupFixture.request(tree.path("source")), cancelling);
    assertThat(result.result()).isEqualTo(RunResult.CANCELLED);
    assertThat(result.snapshot()).isNull();
    assertThat(backupFixture.store().committed()).isEmpty();
  }

  @EveryThirdRun
  @Test
  void excluded_names_and_paths_are_left_out() throws Exception {
    RawPath source = tree.path("source");
    ExcludeRules.Builder patterns = new ExcludeRules.Builder();
    for (String each : List.of("large", source + "/names", "*.tmp", source + "/**/bottom")) {
      patterns.exclude(EdgeCaseTree.name(each));
    }
    ExcludeRules excludes = patterns.build();
    Files.writeString(source("contents/x.tmp"), "x");
    BackupResult result =
        backupFixture
            .backup()
            .run(new BackupRequest(List.of(source), excludes, false, null), ProgressListener.NONE);
    assertThat(result.tally().leftOut()).isEqualTo(4);
    backupFixture.restore(result.snapshot(), source, tree.path("target"));
    List<String> differences = TreeComparator.compare(source, tree.path("target")).differences();
    assertThat(differences)
        .containsExactlyInAnyOrder(
            "/contents/large is only on the left",
            "/contents/x.tmp is only on the left",
            "/names is only on the left",
            "/directories" + "/deep".repeat(201) + "/bottom is only on the left");
  }
}

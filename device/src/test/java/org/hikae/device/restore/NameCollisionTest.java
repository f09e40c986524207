package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.files.CaseInsensitiveFiles;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.restore.ConflictCheck.Resolution;
import org.hikae.device.run.ProgressListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * HK1-M-11: entries whose names are one to the target's file system do not take each other's place,
 * whatever may become of what was there before.
 */
class NameCollisionTest {

  private static final EntryMetadata META =
      new EntryMetadata(0700, 1, 1, new FileTime(1, 0), new FileTime(1, 0), 1, List.of());

  private TemporaryTree tree;
  private RawFiles files;

  @BeforeEach
  void open() throws Exception {
    tree = new TemporaryTree();
    files = CaseInsensitiveFiles.over(tree.files());
  }

  @AfterEach
  void close() throws Exception {
    tree.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private Path at(String name) {
    return tree.place().resolve("target").resolve(name);
  }

  private RestoreTarget target(OverwriteMode policy) throws Exception {
    return RestoreTarget.open(files, tree.path("target"), policy);
  }

  private void file(RestoreTarget target, String name, String content) throws FileAccessException {
    try (UnfinishedFile file = target.makeFile(target.top(), bytes(name))) {
      files.write(file.fd(), 0, bytes(content), 0, content.length());
      target.giveName(file);
    }
  }

  private static Resolution directory(RestoreTarget target, String name)
      throws FileAccessException {
    ManifestRecord.Enter wanted = new ManifestRecord.Enter(bytes(name), META, false);
    Resolution resolution = target.inTheWay().directory(target.top(), wanted);
    if (resolution != Resolution.BLOCKED) {
      target.makeDirectory(target.top(), bytes(name), resolution).close();
    }
    return resolution;
  }

  private static void assertExists(org.assertj.core.api.ThrowableAssert.ThrowingCallable step) {
    assertThatThrownBy(step)
        .isInstanceOfSatisfying(
            FileAccessException.class, e -> assertThat(e.isExisting()).isTrue());
  }

  @ParameterizedTest
  @EnumSource(OverwriteMode.class)
  void a_file_does_not_take_the_place_of_one_restored_before_it(OverwriteMode policy)
      throws Exception {
    try (RestoreTarget target = target(policy)) {
      file(target, "A", "first");
      assertExists(() -> file(target, "a", "second"));
    }
    assertThat(at("A")).hasContent("first");
  }

  @Test
  void what_was_there_under_the_very_name_is_replaced() throws Exception {
    Files.createDirectories(at("."));
    Files.writeString(at("a"), "before");
    try (RestoreTarget target = target(OverwriteMode.ALWAYS)) {
      file(target, "a", "after");
    }
    assertThat(at("a")).hasContent("after");
  }

  @Test
  void what_was_there_under_another_spelling_is_not() throws Exception {
    Files.createDirectories(at("."));
    Files.writeString(at("A"), "before");
    try (RestoreTarget target = target(OverwriteMode.ALWAYS)) {
      assertExists(() -> file(target, "a", "after"));
    }
    assertThat(at("A")).hasContent("before");
  }

  @ParameterizedTest
  @EnumSource(OverwriteMode.class)
  void a_directory_is_not_merged_into_another(OverwriteMode policy) throws Exception {
    try (RestoreTarget target = target(policy)) {
      assertThat(directory(target, "D")).isEqualTo(Resolution.ABSENT);
      assertThat(directory(target, "d")).isEqualTo(Resolution.BLOCKED);
    }
  }

  @Test
  void a_link_does_not_take_the_place_of_a_file() throws Exception {
    try (RestoreTarget target = target(OverwriteMode.ALWAYS)) {
      FileHandle top = target.top();
      file(target, "L", "first");
      assertExists(
          () -> target.make(top, bytes("l"), () -> files.symlink(bytes("x"), top, bytes("l"))));
    }
    assertThat(at("L")).hasContent("first");
  }

  @Test
  void another_file_of_the_same_size_and_time_does_not_stand_for_it() throws Exception {
    try (RestoreTarget target = target(OverwriteMode.IF_CHANGED)) {
      file(target, "A", "first");
      files.changeTime(target.top(), bytes("A"), META.modified());
      ConflictCheck conflictCheck = target.inTheWay();
      assertThat(conflictCheck.file(target.top(), bytes("A"), META, 5)).isEqualTo(Resolution.SAME);
      assertThat(conflictCheck.file(target.top(), bytes("a"), META, 5))
          .isEqualTo(Resolution.BLOCKED);
    }
  }

  private void write(String name, String content) throws Exception {
    Path file = tree.place().resolve("source").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private RestoreRequest request(
      BackupFixture backupFixture, String selection, OverwriteMode policy) throws Exception {
    SnapshotView snapshot = backupFixture.backUp(tree.path("source")).snapshot();
    return new RestoreRequest(snapshot, tree.path(selection), tree.path("target"), policy);
  }

  private static RawFiles folding() {
    return CaseInsensitiveFiles.over(RawFiles.open());
  }

  private static List<String> paths(
      BackupFixture backupFixture, ProgressListener.WarningKind kind) {
    return backupFixture.warnings().stream()
        .filter(each -> each.kind() == kind)
        .map(each -> each.path().toString())
        .toList();
  }

  /** All that writes, and what reads ahead of it. */
  @ParameterizedTest
  @EnumSource(OverwriteMode.class)
  void a_whole_restore_names_each_entry_that_has_no_name_of_its_own(OverwriteMode policy)
      throws Exception {
    write("A", "first");
    write("a", "second");
    write("D/inner", "of the first");
    write("d/inner", "of the second");
    write("L", "a file");
    Path source = tree.place().resolve("source");
    Files.createSymbolicLink(source.resolve("l"), Path.of("elsewhere"));
    Files.createLink(source.resolve("N"), source.resolve("A"));
    Files.createLink(source.resolve("n"), source.resolve("L"));
    try (BackupFixture backupFixture = new BackupFixture()) {
      RestoreRequest request = request(backupFixture, "source", policy);
      RestoreResult result =
          new Restore(backupFixture.store(), backupFixture.key(), NameCollisionTest::folding)
              .run(request, backupFixture.progress());
      assertThat(result.result()).isEqualTo(RunResult.PARTIAL);
      assertThat(paths(backupFixture, ProgressListener.WarningKind.EXISTS))
          .containsExactlyInAnyOrder("/a", "/d", "/l", "/n");
    }
    assertThat(at("A")).hasContent("first");
    assertThat(at("N")).hasContent("first");
    assertThat(at("D/inner")).hasContent("of the first");
    assertThat(at("L")).hasContent("a file");
    assertThat(at(".")).isDirectoryNotContaining("regex:.*/[a-z]");
  }

  @Test
  void the_plan_says_what_is_in_the_way_under_another_spelling() throws Exception {
    write("a", "of the snapshot");
    write("b", "of the snapshot");
    Files.createDirectories(at("."));
    Files.writeString(at("A"), "before");
    Files.writeString(at("b"), "before");
    Map<String, PlannedEntry.Action> planned = new TreeMap<>();
    try (BackupFixture backupFixture = new BackupFixture()) {
      RestoreRequest request = request(backupFixture, "source", OverwriteMode.ALWAYS);
      new RestorePlan(backupFixture.store(), backupFixture.key(), NameCollisionTest::folding)
          .plan(request, each -> planned.put(each.path().toString(), each.action()));
    }
    assertThat(planned)
        .containsEntry(at("a").toString(), PlannedEntry.Action.BLOCKED)
        .containsEntry(at("b").toString(), PlannedEntry.Action.REPLACE);
  }
}

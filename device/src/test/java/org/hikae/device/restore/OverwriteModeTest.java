package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.restore.PlannedEntry.Action;
import org.hikae.device.run.ProgressListener;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HK1-M-10: what becomes of entries that are in the target, and what the plan says of it. */
@EveryThirdRun
class OverwriteModeTest extends RestoreTestBase {

  private SnapshotView snapshot;

  private void backUpEdgeCases() throws Exception {
    try (FileHandle source = tree.makeDirectory("source")) {
      new EdgeCaseTree(tree.files(), 11).fill(source);
    }
    snapshot = backupFixture.backUp(tree.path("source")).snapshot();
  }

  private void write(String below, String text, long seconds) throws Exception {
    Files.createDirectories(at(below).getParent());
    Files.writeString(at(below), text);
    Files.setLastModifiedTime(at(below), FileTime.fromMillis(seconds * 1000));
  }

  private void backUp() throws Exception {
    snapshot = backupFixture.backUp(tree.path("source")).snapshot();
  }

  private RestoreRequest request(OverwriteMode policy) {
    return new RestoreRequest(snapshot, tree.path("source"), tree.path("target"), policy);
  }

  private RestoreResult restore(OverwriteMode policy) throws Exception {
    return restore(request(policy));
  }

  private Map<Action, Long> plan(OverwriteMode policy, Map<String, Action> shown) throws Exception {
    Map<Action, Long> sums = new EnumMap<>(Action.class);
    new RestorePlan(backupFixture.store(), backupFixture.key())
        .plan(
            request(policy),
            entry -> {
              sums.merge(entry.action(), 1L, Long::sum);
              String path = entry.path().toString();
              shown.put(path.substring(path.indexOf("/target/") + 8), entry.action());
            });
    return sums;
  }

  private Map<String, Action> plan(OverwriteMode policy) throws Exception {
    Map<String, Action> shown = new TreeMap<>();
    plan(policy, shown);
    return shown;
  }

  private void assertSame() throws Exception {
    TreeComparator.assertEqual(tree.path("source"), tree.path("target"));
  }

  private Map<String, Object> inodes() throws Exception {
    Map<String, Object> inodes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(at("target"))) {
      for (Path path : all.filter(p -> !Files.isDirectory(p)).toList()) {
        inodes.put(path.toString(), Files.getAttribute(path, "unix:ctime", NOFOLLOW));
      }
    }
    return inodes;
  }

  private static final java.nio.file.LinkOption NOFOLLOW = java.nio.file.LinkOption.NOFOLLOW_LINKS;

  @Test
  void what_is_whole_is_neither_fetched_nor_touched() throws Exception {
    backUpEdgeCases();
    RestoreResult first = restore(OverwriteMode.REFUSE);
    assertThat(first.result()).isEqualTo(RunResult.SUCCESS);
    RestoreResult again = restore(OverwriteMode.IF_CHANGED);
    assertThat(backupFixture.warnings()).isEmpty();
    assertThat(again.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(again.tally().bytesRead()).isZero();
    assertThat(again.tally().unchanged()).isEqualTo(first.tally().files());
    assertThat(again.tally().files()).isEqualTo(first.tally().files());
    assertThat(again.tally().others()).isEqualTo(first.tally().others());
    assertThat(again.tally().bytesReceived()).isLessThan(first.tally().bytesReceived() / 10);
    assertSame();
    Map<Action, Long> sums = plan(OverwriteMode.IF_CHANGED, new TreeMap<>());
    assertThat(sums).containsOnlyKeys(Action.LEAVE);
  }

  @Test
  void a_restore_that_was_stopped_anywhere_left_whole_files_only_and_goes_on() throws Exception {
    try (FileHandle source = tree.makeDirectory("source")) {
      EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 3);
      for (int i = 0; i < 6; i++) {
        maker.file(source, EdgeCaseTree.name("file " + i), maker.bytes(3_000_000));
      }
      tree.files()
          .link(source, EdgeCaseTree.name("file 2"), source, EdgeCaseTree.name("other name"));
    }
    backUp();
    RunResult result = RunResult.CANCELLED;
    int stopped = 0;
    for (int steps = 1; result == RunResult.CANCELLED; steps += 3) {
      int[] left = {steps};
      result =
          new Restore(backupFixture.store(), backupFixture.key())
              .run(
                  request(OverwriteMode.IF_CHANGED),
                  new ProgressListener() {
                    @Override
                    public boolean cancelled() {
                      return --left[0] < 0;
                    }
                  })
              .result();
      try (Stream<Path> there = Files.list(at("target"))) {
        for (Path file : there.toList()) {
          assertThat(Files.mismatch(file, at("source/" + file.getFileName()))).isEqualTo(-1);
        }
      }
      stopped++;
    }
    assertThat(stopped).isGreaterThan(3);
    assertThat(result).isEqualTo(RunResult.SUCCESS);
    assertSame();
  }

  private void mode(String below, String mode) throws Exception {
    Files.setPosixFilePermissions(at(below), PosixFilePermissions.fromString(mode));
  }

  private String mode(String below) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(at(below)));
  }

  /** HK1-M-15. */
  @Test
  void a_target_that_was_there_keeps_its_mode_unless_it_may_be_replaced() throws Exception {
    write("source/letter", "in the snapshot", 2_000);
    mode("source", "rwxr-xr-x");
    backUp();
    Files.createDirectories(at("target"));
    mode("target", "rwx------");
    assertThat(restore(OverwriteMode.REFUSE).result()).isEqualTo(RunResult.SUCCESS);
    assertThat(mode("target")).isEqualTo("rwx------");
    assertThat(restore(OverwriteMode.ALWAYS).result()).isEqualTo(RunResult.SUCCESS);
    assertThat(mode("target")).isEqualTo("rwxr-xr-x");
  }

  /** HK1-M-15. */
  @Test
  void a_directory_that_is_only_the_way_and_was_there_keeps_its_mode() throws Exception {
    write("source/letter", "in the snapshot", 2_000);
    backUp();
    String way = "target/" + tree.place().getName(0);
    Files.createDirectories(at(way));
    mode(way, "rwx------");
    RestoreRequest whole =
        new RestoreRequest(snapshot, RawPath.ROOT, tree.path("target"), OverwriteMode.ALWAYS);
    assertThat(restore(whole).result()).isEqualTo(RunResult.SUCCESS);
    assertThat(mode(way)).isEqualTo("rwx------");
    assertThat(at("target" + at("source/letter"))).exists();
  }

  /** One of each: changed earlier, later, at the same time in another size, in the way, gone. */
  private void differentTarget() throws Exception {
    for (String name : new String[] {"earlier", "later", "longer", "same", "gone"}) {
      write("source/" + name, "in the snapshot", 2_000);
    }
    write("source/file then directory", "in the snapshot", 2_000);
    write("source/sub/below", "in the snapshot", 2_000);
    Files.createSymbolicLink(at("source/link"), Path.of("to the snapshot"));
    backUp();
    Files.createDirectories(at("target/file then directory/full"));
    write("target/earlier", "something else.", 1_000);
    write("target/later", "something else.", 3_000);
    write("target/longer", "something longer", 2_000);
    write("target/same", "in the snapshoT", 2_000);
    write("target/sub", "a file in the way", 4_000_000_000L);
    write("target/mine", "kept", 1_000);
    Files.createSymbolicLink(at("target/link"), Path.of("elsewhere"));
  }

  private String text(String below) throws Exception {
    return Files.readString(at("target/" + below));
  }

  @Test
  void if_changed_replaces_what_differs_in_type_size_or_time() throws Exception {
    differentTarget();
    assertThat(plan(OverwriteMode.IF_CHANGED))
        .containsEntry("earlier", Action.REPLACE)
        .containsEntry("later", Action.REPLACE)
        .containsEntry("longer", Action.REPLACE)
        .containsEntry("same", Action.LEAVE)
        .containsEntry("gone", Action.CREATE)
        .containsEntry("link", Action.REPLACE)
        .containsEntry("sub", Action.REPLACE)
        .containsEntry("sub/below", Action.CREATE)
        .containsEntry("file then directory", Action.BLOCKED)
        .hasSize(9);
    assertThat(restore(OverwriteMode.IF_CHANGED).result()).isEqualTo(RunResult.PARTIAL);
    assertThat(backupFixture.warnings())
        .singleElement()
        .matches(warning -> warning.kind() == ProgressListener.WarningKind.EXISTS);
    for (String name : new String[] {"earlier", "later", "longer", "gone", "sub/below"}) {
      assertThat(text(name)).as(name).isEqualTo("in the snapshot");
    }
    assertThat(text("same")).as("told by size and time only").isEqualTo("in the snapshoT");
    assertThat(text("mine")).isEqualTo("kept");
    assertThat(Files.readSymbolicLink(at("target/link"))).hasToString("to the snapshot");
    assertThat(at("target/file then directory/full")).isDirectory();
  }

  @Test
  void if_newer_replaces_only_what_changed_earlier() throws Exception {
    differentTarget();
    assertThat(plan(OverwriteMode.IF_NEWER))
        .containsEntry("earlier", Action.REPLACE)
        .containsEntry("later", Action.LEAVE)
        .containsEntry("longer", Action.LEAVE)
        .containsEntry("gone", Action.CREATE)
        .containsEntry("sub", Action.BLOCKED)
        .doesNotContainKey("sub/below")
        .containsEntry("file then directory", Action.BLOCKED);
    assertThat(restore(OverwriteMode.IF_NEWER).result()).isEqualTo(RunResult.PARTIAL);
    assertThat(text("earlier")).isEqualTo("in the snapshot");
    assertThat(text("later")).isEqualTo("something else.");
    assertThat(text("longer")).isEqualTo("something longer");
    assertThat(text("gone")).isEqualTo("in the snapshot");
    assertThat(text("sub")).isEqualTo("a file in the way");
  }

  @Test
  void never_only_adds() throws Exception {
    differentTarget();
    Files.setLastModifiedTime(at("target"), FileTime.fromMillis(5_000));
    assertThat(plan(OverwriteMode.NEVER))
        .containsEntry("gone", Action.CREATE)
        .containsEntry("sub", Action.BLOCKED)
        .containsEntry("file then directory", Action.LEAVE)
        .containsEntry("earlier", Action.LEAVE);
    assertThat(restore(OverwriteMode.NEVER).result()).isEqualTo(RunResult.PARTIAL);
    assertThat(text("gone")).isEqualTo("in the snapshot");
    assertThat(text("earlier")).isEqualTo("something else.");
    assertThat(Files.readSymbolicLink(at("target/link"))).hasToString("elsewhere");
    assertThat(Files.getLastModifiedTime(at("target")).toMillis())
        .as("the directory itself keeps its own time")
        .isNotEqualTo(Files.getLastModifiedTime(at("source")).toMillis());
  }

  @ParameterizedTest
  @EnumSource(
      value = OverwriteMode.class,
      names = {"ALWAYS", "IF_CHANGED", "IF_NEWER"})
  void names_of_one_file_become_names_of_one_file(OverwriteMode policy) throws Exception {
    write("source/a", "shared", 2_000);
    Files.createLink(at("source/b"), at("source/a"));
    Files.createLink(at("source/c"), at("source/a"));
    backUp();
    write("target/a", "before", 1_000);
    write("target/b", "shared", 1_999);
    assertThat(restore(policy).result()).isEqualTo(RunResult.SUCCESS);
    assertSame();
    assertThat(Files.getAttribute(at("target/a"), "unix:nlink")).isEqualTo(3);
    RestoreResult again = restore(policy);
    assertThat(again.result()).isEqualTo(RunResult.SUCCESS);
    assertSame();
    Map<Action, Long> sums = plan(policy, new TreeMap<>());
    assertThat(sums)
        .containsOnlyKeys(policy == OverwriteMode.ALWAYS ? Action.REPLACE : Action.LEAVE);
  }

  @Test
  void other_names_of_a_file_that_is_left_alone_still_get_what_is_in_the_snapshot()
      throws Exception {
    write("source/a", "shared", 2_000);
    Files.createLink(at("source/b"), at("source/a"));
    Files.createLink(at("source/c"), at("source/a"));
    Files.createLink(at("source/d"), at("source/a"));
    backUp();
    write("target/a", "my newer one", 3_000);
    write("target/c", "my other newer one", 3_000);
    assertThat(plan(OverwriteMode.IF_NEWER))
        .containsEntry("a", Action.LEAVE)
        .containsEntry("b", Action.CREATE)
        .containsEntry("c", Action.LEAVE)
        .containsEntry("d", Action.CREATE);
    assertThat(restore(OverwriteMode.IF_NEWER).result()).isEqualTo(RunResult.SUCCESS);
    assertThat(text("a")).isEqualTo("my newer one");
    assertThat(text("b")).isEqualTo("shared");
    assertThat(text("c")).isEqualTo("my other newer one");
    assertThat(Files.isSameFile(at("target/b"), at("target/d"))).isTrue();
    assertThat(Files.isSameFile(at("target/a"), at("target/b"))).isFalse();
  }

  @Test
  void other_names_of_a_file_that_is_blocked_are_planned_as_they_are_restored() throws Exception {
    write("source/a", "shared", 2_000);
    Files.createLink(at("source/b"), at("source/a"));
    backUp();
    Files.createDirectories(at("target/a/full"));
    assertThat(plan(OverwriteMode.ALWAYS))
        .containsEntry("a", Action.BLOCKED)
        .containsEntry("b", Action.BLOCKED);
    assertThat(restore(OverwriteMode.ALWAYS).result()).isEqualTo(RunResult.PARTIAL);
    assertThat(at("target/b")).doesNotExist();
  }

  /** The first name is outside what is restored, and copies are in the target. */
  @Test
  void copies_under_two_names_of_one_file_are_planned_as_they_are_restored() throws Exception {
    write("source/a", "shared", 2_000);
    Files.createDirectories(at("source/sub"));
    for (String name : List.of("b", "c", "d")) {
      Files.createLink(at("source/sub/" + name), at("source/a"));
    }
    backUp();
    RestoreRequest request =
        new RestoreRequest(
            snapshot, tree.path("source/sub"), tree.path("target"), OverwriteMode.IF_CHANGED);
    assertThat(planned(request))
        .as("one gets the contents, the others are names of it")
        .containsExactly("FILE CREATE 6", "HARD_LINK CREATE 0", "HARD_LINK CREATE 0");
    write("target/b", "shared", 2_000);
    write("target/c", "shared", 2_000);
    assertThat(planned(request))
        .as("b stays; c becomes a name of it")
        .containsExactly("FILE LEAVE 6", "HARD_LINK REPLACE 0", "HARD_LINK CREATE 0");
    RestoreResult result = restore(request);
    assertThat(result.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(result.tally().files()).as("the one that is left").isEqualTo(1);
    assertThat(Files.isSameFile(at("target/b"), at("target/c"))).isTrue();
    assertThat(planned(request))
        .containsExactly("FILE LEAVE 6", "HARD_LINK LEAVE 0", "HARD_LINK LEAVE 0");
  }

  private List<String> planned(RestoreRequest request) throws Exception {
    List<String> planned = new ArrayList<>();
    new RestorePlan(backupFixture.store(), backupFixture.key())
        .plan(
            request,
            entry -> planned.add(entry.type() + " " + entry.action() + " " + entry.size()));
    return planned;
  }

  @Test
  void a_plan_changes_nothing_and_makes_no_directory() throws Exception {
    backUpEdgeCases();
    Map<Action, Long> sums = plan(OverwriteMode.REFUSE, new TreeMap<>());
    assertThat(sums).containsOnlyKeys(Action.CREATE);
    assertThat(at("target")).doesNotExist();
    RestoreResult done = restore(OverwriteMode.REFUSE);
    long directories = done.tally().directories();
    assertThat(sums.get(Action.CREATE))
        .isEqualTo(done.tally().files() + done.tally().others() + directories);
    Map<String, Object> before = inodes();
    assertThat(plan(OverwriteMode.ALWAYS, new TreeMap<>()))
        .containsOnlyKeys(Action.REPLACE, Action.LEAVE);
    assertThat(inodes()).isEqualTo(before);
    assertThatThrownBy(() -> plan(OverwriteMode.REFUSE))
        .isInstanceOf(DirectoryNotEmptyException.class);
  }

  @Test
  void a_file_system_that_needs_names_gets_passing_ones() throws Exception {
    byte[] name = EdgeCaseTree.name("the file");
    write("target/the file", "before", 1_000);
    Files.createDirectories(at("target/directory"));
    try (FileHandle at = tree.files().openDirectoryFollowing(tree.path("target"))) {
      try (UnfinishedFile dropped = UnfinishedFile.passing(tree.files(), at, name)) {
        assertThat(tree.files().list(at)).anyMatch(n -> isPassing(n));
        assertThatThrownBy(() -> dropped.giveName((in, as) -> false))
            .isInstanceOf(FileAccessException.class);
      }
      assertThat(text("the file")).isEqualTo("before");
      byte[] directory = EdgeCaseTree.name("directory");
      try (UnfinishedFile blocked = UnfinishedFile.passing(tree.files(), at, directory)) {
        assertThatThrownBy(() -> blocked.giveName((in, as) -> true))
            .isInstanceOfSatisfying(
                FileAccessException.class, e -> assertThat(e.isExisting()).isTrue());
      }
      try (UnfinishedFile whole = UnfinishedFile.passing(tree.files(), at, name)) {
        tree.files().write(whole.fd(), 0, EdgeCaseTree.name("after"), 0, 5);
        whole.giveName((in, as) -> true);
      }
      assertThat(text("the file")).isEqualTo("after");
      assertThat(tree.files().list(at)).hasSize(2);
    }
  }

  private static boolean isPassing(byte[] name) {
    return RawPath.display(name).startsWith(UnfinishedFile.PASSING);
  }
}

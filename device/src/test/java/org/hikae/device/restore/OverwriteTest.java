package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.Bench;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.NastyTree;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.files.TreeCompare;
import org.hikae.device.restore.Planned.Action;
import org.hikae.device.run.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HK1-M-10: what becomes of entries that are in the target, and what the plan says of it. */
class OverwriteTest {

  private TemporaryTree tree;
  private Bench bench;
  private SnapshotView snapshot;

  @BeforeEach
  void open() throws Exception {
    tree = new TemporaryTree();
    bench = new Bench();
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
    tree.close();
  }

  private Path at(String below) {
    return tree.place().resolve(below);
  }

  private void backUpNasty() throws Exception {
    try (Fd source = tree.makeDirectory("source")) {
      new NastyTree(tree.files(), 11).fill(source);
    }
    snapshot = bench.backUp(tree.path("source")).snapshot();
  }

  private void write(String below, String text, long seconds) throws Exception {
    Files.createDirectories(at(below).getParent());
    Files.writeString(at(below), text);
    Files.setLastModifiedTime(at(below), FileTime.fromMillis(seconds * 1000));
  }

  private void backUp() throws Exception {
    snapshot = bench.backUp(tree.path("source")).snapshot();
  }

  private RestoreRequest request(Overwrite policy) {
    return new RestoreRequest(snapshot, tree.path("source"), tree.path("target"), policy);
  }

  private RestoreResult restore(Overwrite policy) throws Exception {
    return new Restore(bench.store(), bench.key()).run(request(policy), bench.progress());
  }

  private Map<Action, Long> plan(Overwrite policy, Map<String, Action> shown) throws Exception {
    Map<Action, Long> sums = new EnumMap<>(Action.class);
    new RestorePlan(bench.store(), bench.key())
        .plan(
            request(policy),
            entry -> {
              sums.merge(entry.action(), 1L, Long::sum);
              String path = entry.path().toString();
              shown.put(path.substring(path.indexOf("/target/") + 8), entry.action());
            });
    return sums;
  }

  private Map<String, Action> plan(Overwrite policy) throws Exception {
    Map<String, Action> shown = new TreeMap<>();
    plan(policy, shown);
    return shown;
  }

  private void assertSame() throws Exception {
    assertThat(
            TreeCompare.compare(
                    tree.path("source"), tree.path("target"), TreeCompare.Options.STRICT)
                .differences())
        .isEmpty();
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
    backUpNasty();
    RestoreResult first = restore(Overwrite.REFUSE);
    assertThat(first.result()).isEqualTo(RunResult.SUCCESS);
    RestoreResult again = restore(Overwrite.IF_CHANGED);
    assertThat(bench.warnings()).isEmpty();
    assertThat(again.result()).isEqualTo(RunResult.SUCCESS);
    assertThat(again.tally().bytesRead()).isZero();
    assertThat(again.tally().unchanged()).isEqualTo(first.tally().files());
    assertThat(again.tally().files()).isEqualTo(first.tally().files());
    assertThat(again.tally().others()).isEqualTo(first.tally().others());
    assertThat(again.tally().bytesReceived()).isLessThan(first.tally().bytesReceived() / 10);
    assertSame();
    Map<Action, Long> sums = plan(Overwrite.IF_CHANGED, new TreeMap<>());
    assertThat(sums).containsOnlyKeys(Action.LEAVE);
  }

  @Test
  void a_restore_that_was_stopped_anywhere_left_whole_files_only_and_goes_on() throws Exception {
    try (Fd source = tree.makeDirectory("source")) {
      NastyTree maker = new NastyTree(tree.files(), 3);
      for (int i = 0; i < 6; i++) {
        maker.file(source, NastyTree.name("file " + i), maker.bytes(3_000_000));
      }
      tree.files().link(source, NastyTree.name("file 2"), source, NastyTree.name("other name"));
    }
    backUp();
    RunResult result = RunResult.CANCELLED;
    int stopped = 0;
    for (int steps = 1; result == RunResult.CANCELLED; steps += 3) {
      int[] left = {steps};
      result =
          new Restore(bench.store(), bench.key())
              .run(
                  request(Overwrite.IF_CHANGED),
                  new Progress() {
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
    assertThat(restore(Overwrite.REFUSE).result()).isEqualTo(RunResult.SUCCESS);
    assertThat(mode("target")).isEqualTo("rwx------");
    assertThat(restore(Overwrite.ALWAYS).result()).isEqualTo(RunResult.SUCCESS);
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
        new RestoreRequest(snapshot, RawPath.ROOT, tree.path("target"), Overwrite.ALWAYS);
    RestoreResult result = new Restore(bench.store(), bench.key()).run(whole, bench.progress());
    assertThat(result.result()).isEqualTo(RunResult.SUCCESS);
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
    assertThat(plan(Overwrite.IF_CHANGED))
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
    assertThat(restore(Overwrite.IF_CHANGED).result()).isEqualTo(RunResult.PARTIAL);
    assertThat(bench.warnings())
        .singleElement()
        .matches(warning -> warning.kind() == Progress.Kind.EXISTS);
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
    assertThat(plan(Overwrite.IF_NEWER))
        .containsEntry("earlier", Action.REPLACE)
        .containsEntry("later", Action.LEAVE)
        .containsEntry("longer", Action.LEAVE)
        .containsEntry("gone", Action.CREATE)
        .containsEntry("sub", Action.BLOCKED)
        .doesNotContainKey("sub/below")
        .containsEntry("file then directory", Action.BLOCKED);
    assertThat(restore(Overwrite.IF_NEWER).result()).isEqualTo(RunResult.PARTIAL);
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
    assertThat(plan(Overwrite.NEVER))
        .containsEntry("gone", Action.CREATE)
        .containsEntry("sub", Action.BLOCKED)
        .containsEntry("file then directory", Action.LEAVE)
        .containsEntry("earlier", Action.LEAVE);
    assertThat(restore(Overwrite.NEVER).result()).isEqualTo(RunResult.PARTIAL);
    assertThat(text("gone")).isEqualTo("in the snapshot");
    assertThat(text("earlier")).isEqualTo("something else.");
    assertThat(Files.readSymbolicLink(at("target/link"))).hasToString("elsewhere");
    assertThat(Files.getLastModifiedTime(at("target")).toMillis())
        .as("the directory itself keeps its own time")
        .isNotEqualTo(Files.getLastModifiedTime(at("source")).toMillis());
  }

  @ParameterizedTest
  @EnumSource(
      value = Overwrite.class,
      names = {"ALWAYS", "IF_CHANGED", "IF_NEWER"})
  void names_of_one_file_become_names_of_one_file(Overwrite policy) throws Exception {
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
    assertThat(sums).containsOnlyKeys(policy == Overwrite.ALWAYS ? Action.REPLACE : Action.LEAVE);
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
    assertThat(plan(Overwrite.IF_NEWER))
        .containsEntry("a", Action.LEAVE)
        .containsEntry("b", Action.CREATE)
        .containsEntry("c", Action.LEAVE)
        .containsEntry("d", Action.CREATE);
    assertThat(restore(Overwrite.IF_NEWER).result()).isEqualTo(RunResult.SUCCESS);
    assertThat(text("a")).isEqualTo("my newer one");
    assertThat(text("b")).isEqualTo("shared");
    assertThat(text("c")).isEqualTo("my other newer one");
    assertThat(Files.isSameFile(at("target/b"), at("target/d"))).isTrue();
    assertThat(Files.isSameFile(at("target/a"), at("target/b"))).isFalse();
  }

  @Test
  void a_plan_changes_nothing_and_makes_no_directory() throws Exception {
    backUpNasty();
    Map<Action, Long> sums = plan(Overwrite.REFUSE, new TreeMap<>());
    assertThat(sums).containsOnlyKeys(Action.CREATE);
    assertThat(at("target")).doesNotExist();
    RestoreResult done = restore(Overwrite.REFUSE);
    long directories = done.tally().directories();
    assertThat(sums.get(Action.CREATE))
        .isEqualTo(done.tally().files() + done.tally().others() + directories);
    Map<String, Object> before = inodes();
    assertThat(plan(Overwrite.ALWAYS, new TreeMap<>()))
        .containsOnlyKeys(Action.REPLACE, Action.LEAVE);
    assertThat(inodes()).isEqualTo(before);
    assertThatThrownBy(() -> plan(Overwrite.REFUSE)).isInstanceOf(DirectoryNotEmptyException.class);
  }

  @Test
  void a_file_system_that_needs_names_gets_passing_ones() throws Exception {
    byte[] name = NastyTree.name("the file");
    write("target/the file", "before", 1_000);
    Files.createDirectories(at("target/directory"));
    try (Fd at = tree.files().openDirectoryFollowing(tree.path("target"))) {
      try (NewFile dropped = NewFile.passing(tree.files(), at, name)) {
        assertThat(tree.files().list(at)).anyMatch(n -> isPassing(n));
        assertThatThrownBy(() -> dropped.giveName((in, as) -> false))
            .isInstanceOf(FileAccessException.class);
      }
      assertThat(text("the file")).isEqualTo("before");
      byte[] directory = NastyTree.name("directory");
      try (NewFile blocked = NewFile.passing(tree.files(), at, directory)) {
        assertThatThrownBy(() -> blocked.giveName((in, as) -> true))
            .isInstanceOfSatisfying(
                FileAccessException.class, e -> assertThat(e.isExisting()).isTrue());
      }
      try (NewFile whole = NewFile.passing(tree.files(), at, name)) {
        tree.files().write(whole.fd(), 0, NastyTree.name("after"), 0, 5);
        whole.giveName((in, as) -> true);
      }
      assertThat(text("the file")).isEqualTo("after");
      assertThat(tree.files().list(at)).hasSize(2);
    }
  }

  private static boolean isPassing(byte[] name) {
    return RawPath.display(name).startsWith(NewFile.PASSING);
  }
}

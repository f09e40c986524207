package org.hikae.device.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.snapshot.SealedObjectCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What differs between two snapshots. */
class SnapshotDiffTest {

  private TemporaryTree tree;
  private BackupFixture backupFixture;

  @BeforeEach
  void open() throws Exception {
    tree = TemporaryTree.apart();
    backupFixture = new BackupFixture();
  }

  @AfterEach
  void close() throws Exception {
    backupFixture.close();
    tree.close();
  }

  private Path at(String below) {
    return tree.place().resolve("source").resolve(below);
  }

  private void write(String below, String text) throws Exception {
    Files.createDirectories(at(below).getParent());
    Files.writeString(at(below), text);
    Files.setLastModifiedTime(at(below), FileTime.fromMillis(5_000));
  }

  private SnapshotView backUp() throws Exception {
    return backupFixture.backUp(tree.path("source")).snapshot();
  }

  private List<String> diff(SnapshotView older, SnapshotView newer) throws Exception {
    return diff(older, newer, RawPath.ROOT);
  }

  private List<String> diff(SnapshotView older, SnapshotView newer, RawPath selection)
      throws Exception {
    List<String> shown = new ArrayList<>();
    new SnapshotDiff(backupFixture.store(), SealedObjectCache.NONE)
        .compare(
            new SnapshotDiff.Side(older, backupFixture.key()),
            new SnapshotDiff.Side(newer, backupFixture.key()),
            selection,
            entry -> {
              String path = entry.path().toString();
              String below = path.substring(path.indexOf("/source") + 7);
              String sizes = entry.oldSize() + " " + entry.newSize();
              shown.add(
                  entry.kind()
                      + " "
                      + entry.type()
                      + entry.differences()
                      + " "
                      + below
                      + " "
                      + sizes);
            });
    return shown;
  }

  @Test
  void a_snapshot_does_not_differ_from_itself_or_its_repetition() throws Exception {
    try (FileHandle source = tree.makeDirectory("source")) {
      new EdgeCaseTree(tree.files(), 21).fill(source);
    }
    SnapshotView first = backUp();
    SnapshotView second = backUp();
    assertThat(diff(first, first)).isEmpty();
    assertThat(diff(first, second)).isEmpty();
    assertThat(diff(first, second, tree.path("source/kinds/sub/third"))).isEmpty();
    assertThatThrownBy(() -> diff(first, second, tree.path("source/nothing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void every_kind_of_difference_is_told_in_order() throws Exception {
    write("a removed", "12345");
    write("b changed", "before");
    write("c same size and time", "before");
    write("d touched", "same");
    write("e mode", "same");
    write("f file then directory", "x");
    write("g directory/removed below", "x");
    write("h same", "same");
    Files.createSymbolicLink(at("i link"), Path.of("before"));
    write("j/quiet", "same");
    SnapshotView older = backUp();
    Files.delete(at("a removed"));
    write("a added", "1234567");
    write("b changed", "afterwards");
    write("c same size and time", "AFTER!");
    Files.setLastModifiedTime(at("d touched"), FileTime.fromMillis(6_000));
    Files.setPosixFilePermissions(at("e mode"), PosixFilePermissions.fromString("rwx------"));
    Files.delete(at("f file then directory"));
    write("f file then directory/new", "xy");
    Files.delete(at("g directory/removed below"));
    Files.delete(at("g directory"));
    Files.delete(at("i link"));
    Files.createSymbolicLink(at("i link"), Path.of("after"));
    try (FileHandle directory = tree.files().openDirectoryFollowing(tree.path("source"))) {
      byte[] hostile = HexFormat.of().parseHex("7a0aff");
      new EdgeCaseTree(tree.files(), 1).file(directory, hostile, new byte[3]);
    }
    SnapshotView newer = backUp();
    assertThat(diff(older, newer))
        .containsExactly(
            "ADDED FILE[] /a added 0 7",
            "REMOVED FILE[] /a removed 5 0",
            "CHANGED FILE[CONTENTS] /b changed 6 10",
            "CHANGED FILE[CONTENTS] /c same size and time 6 6",
            "CHANGED FILE[METADATA] /d touched 4 4",
            "CHANGED FILE[METADATA] /e mode 4 4",
            "CHANGED DIRECTORY[TYPE] /f file then directory 1 0",
            "ADDED FILE[] /f file then directory/new 0 2",
            "REMOVED DIRECTORY[] /g directory 0 0",
            "REMOVED FILE[] /g directory/removed below 1 0",
            "CHANGED SYMLINK[CONTENTS, METADATA] /i link 0 0",
            "ADDED FILE[] /z\\x0a\\xff 0 3");
    assertThat(diff(older, newer, tree.path("source/g directory")))
        .containsExactly(
            "REMOVED DIRECTORY[] /g directory 0 0",
            "REMOVED FILE[] /g directory/removed below 1 0");
    assertThat(diff(newer, older)).hasSize(12).first().isEqualTo("REMOVED FILE[] /a added 7 0");
  }

  @Test
  void further_names_are_compared_as_the_file() throws Exception {
    write("a", "one");
    Files.createLink(at("b"), at("a"));
    Files.createLink(at("c"), at("a"));
    SnapshotView older = backUp();
    Files.delete(at("a"));
    SnapshotView newer = backUp();
    assertThat(diff(older, newer)).containsExactly("REMOVED FILE[] /a 3 0");
    write("b", "two");
    assertThat(diff(newer, backUp(), tree.path("source/c")))
        .containsExactly("CHANGED HARD_LINK[CONTENTS] /c 3 3");
  }

  @Test
  void a_directory_that_was_only_the_way_is_no_difference() throws Exception {
    write("sub/a", "one");
    write("other", "two");
    SnapshotView part = backupFixture.backUp(tree.path("source/sub")).snapshot();
    SnapshotView whole = backUp();
    assertThat(diff(part, whole)).containsExactly("ADDED FILE[] /other 0 3");
  }
}

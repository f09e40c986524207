package org.hikae.device.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The comparison that other tests rest on sees every kind of difference. */
@EveryThirdRun
class TreeComparatorTest {

  private TemporaryTree tree;

  @BeforeEach
  void open() throws Exception {
    tree = new TemporaryTree();
    for (String side : List.of("left", "right")) {
      try (FileHandle at = tree.makeDirectory(side)) {
        new EdgeCaseTree(tree.files(), 8).fill(at);
      }
      // Times that the maker leaves as they come.
      settle(tree.place().resolve(side));
    }
  }

  private static void settle(Path side) throws Exception {
    try (RawFiles files = RawFiles.open();
        FileHandle top = files.openDirectoryFollowing(RawPath.of(side.toString()))) {
      settle(files, top);
    }
  }

  private static void settle(RawFiles files, FileHandle at) throws FileAccessException {
    for (byte[] name : files.list(at)) {
      if (files.status(at, name).type() == FileType.DIRECTORY) {
        try (FileHandle inner = files.openDirectory(at, name)) {
          settle(files, inner);
        }
      }
      files.changeTime(at, name, new FileTime(1_000_000_000, 5));
    }
  }

  @AfterEach
  void close() throws Exception {
    tree.close();
  }

  private List<String> differences() throws Exception {
    return TreeComparator.compare(tree.path("left"), tree.path("right")).differences();
  }

  private Path right(String name) {
    return tree.place().resolve("right").resolve(name);
  }

  private void assertSeen(String what) throws Exception {
    assertThat(differences()).anyMatch(difference -> difference.contains(what));
  }

  @Test
  void equal_trees_are_equal() throws Exception {
    assertThat(differences()).isEmpty();
  }

  @Test
  void other_contents_of_the_same_length_and_time_are_seen() throws Exception {
    byte[] contents = Files.readAllBytes(right("contents/large"));
    contents[4_999_999] ^= 1;
    Files.write(right("contents/large"), contents);
    assertSeen("/contents/large has other contents");
    assertSeen("/contents/large has another time of change");
  }

  @Test
  void data_in_place_of_a_hole_are_seen() throws Exception {
    try (var channel =
        java.nio.channels.FileChannel.open(
            right("contents/only a hole"), java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {1}), 30_000_000);
    }
    assertSeen("/contents/only a hole has other contents");
  }

  @Test
  void missing_and_additional_entries_are_seen() throws Exception {
    Files.delete(right("names/plain"));
    Files.writeString(right("names/zzz"), "");
    assertSeen("/names/plain is only on the left");
    assertSeen("/names/zzz is only on the right");
  }

  @Test
  void other_types_targets_modes_and_owners_are_seen() throws Exception {
    Files.delete(right("names/plain"));
    Files.createDirectory(right("names/plain"));
    Files.delete(right("kinds/absolute link"));
    Files.createSymbolicLink(right("kinds/absolute link"), Path.of("/etc/shadow"));
    Files.setPosixFilePermissions(
        right("contents/one"), PosixFilePermissions.fromString("rwxrwxrwx"));
    try (FileHandle at = tree.files().openDirectoryFollowing(tree.path("right/contents"))) {
      tree.files().changeOwner(at, EdgeCaseTree.name("empty"), 77, 88);
    }
    assertSeen("/names/plain is REGULAR on the left and DIRECTORY on the right");
    assertSeen("/kinds/absolute link points elsewhere");
    assertSeen("/contents/one has another mode");
    assertSeen("/contents/empty has another owner");
    assertSeen("/contents/empty has another group");
  }

  @Test
  void a_copy_in_place_of_a_hard_link_is_seen() throws Exception {
    Files.delete(right("kinds/sub/third"));
    Files.copy(right("kinds/aa earlier name"), right("kinds/sub/third"));
    assertSeen("is not the same file as its other name");
  }

  @Test
  void other_attributes_are_seen() throws Exception {
    try (FileHandle at = tree.files().openDirectoryFollowing(tree.path("right/attributes"))) {
      tree.files()
          .attributes()
          .write(
              at,
              EdgeCaseTree.name("file"),
              new ExtendedAttributes.ExtendedAttribute(
                  EdgeCaseTree.name("user.empty"), new byte[1]));
    }
    assertSeen("/attributes/file has other extended attributes");
  }
}

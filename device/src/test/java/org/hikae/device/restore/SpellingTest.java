package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.FoldingFiles;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.manifest.Metadata;
import org.hikae.device.manifest.TreeRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * HK1-M-11: entries whose names are one to the target's file system do not take each other's place,
 * whatever may become of what was there before.
 */
class SpellingTest {

  private static final Metadata META =
      new Metadata(0700, 1, 1, new FileTime(1, 0), new FileTime(1, 0), 1, List.of());

  private TemporaryTree tree;
  private RawFiles files;

  @BeforeEach
  void open() throws Exception {
    tree = new TemporaryTree();
    files = FoldingFiles.over(tree.files());
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

  private Target target(Overwrite policy) throws Exception {
    return Target.open(files, tree.path("target"), policy);
  }

  private void file(Target target, String name, String content) throws FileAccessException {
    try (NewFile file = target.makeFile(target.top(), bytes(name))) {
      files.write(file.fd(), 0, bytes(content), 0, content.length());
      target.giveName(file);
    }
  }

  private static void directory(Target target, String name) throws FileAccessException {
    target.makeDirectory(target.top(), new TreeRecord.Enter(bytes(name), META, false)).fd().close();
  }

  private static void assertExists(org.assertj.core.api.ThrowableAssert.ThrowingCallable step) {
    assertThatThrownBy(step)
        .isInstanceOfSatisfying(
            FileAccessException.class, e -> assertThat(e.isExisting()).isTrue());
  }

  @ParameterizedTest
  @EnumSource(Overwrite.class)
  void a_file_does_not_take_the_place_of_one_restored_before_it(Overwrite policy) throws Exception {
    try (Target target = target(policy)) {
      file(target, "A", "first");
      assertExists(() -> file(target, "a", "second"));
    }
    assertThat(at("A")).hasContent("first");
  }

  @Test
  void what_was_there_under_the_very_name_is_replaced() throws Exception {
    Files.createDirectories(at("."));
    Files.writeString(at("a"), "before");
    try (Target target = target(Overwrite.ALWAYS)) {
      file(target, "a", "after");
    }
    assertThat(at("a")).hasContent("after");
  }

  @Test
  void what_was_there_under_another_spelling_is_not() throws Exception {
    Files.createDirectories(at("."));
    Files.writeString(at("A"), "before");
    try (Target target = target(Overwrite.ALWAYS)) {
      assertExists(() -> file(target, "a", "after"));
    }
    assertThat(at("A")).hasContent("before");
  }

  @ParameterizedTest
  @EnumSource(Overwrite.class)
  void a_directory_is_not_merged_into_another(Overwrite policy) throws Exception {
    try (Target target = target(policy)) {
      directory(target, "D");
      assertExists(() -> directory(target, "d"));
    }
  }

  @Test
  void a_link_does_not_take_the_place_of_a_file() throws Exception {
    try (Target target = target(Overwrite.ALWAYS)) {
      Fd top = target.top();
      file(target, "L", "first");
      assertExists(
          () -> target.make(top, bytes("l"), () -> files.symlink(bytes("x"), top, bytes("l"))));
    }
    assertThat(at("L")).hasContent("first");
  }

  @Test
  void another_file_of_the_same_size_and_time_does_not_stand_for_it() throws Exception {
    try (Target target = target(Overwrite.IF_CHANGED)) {
      file(target, "A", "first");
      files.changeTime(target.top(), bytes("A"), META.modified());
      InTheWay inTheWay = target.inTheWay();
      assertThat(inTheWay.file(target.top(), bytes("A"), META, 5)).isEqualTo(InTheWay.Finding.SAME);
      assertThat(inTheWay.file(target.top(), bytes("a"), META, 5))
          .isEqualTo(InTheWay.Finding.BLOCKED);
    }
  }
}

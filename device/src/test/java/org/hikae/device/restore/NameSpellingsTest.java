package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.TemporaryTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A directory is listed seldom, and what was listed does not fill the heap. */
class NameSpellingsTest {

  private final AtomicInteger listings = new AtomicInteger();
  private TemporaryTree tree;
  private RawFiles files;

  @BeforeEach
  void open() throws Exception {
    tree = new TemporaryTree();
    files = counting(tree.files());
  }

  @AfterEach
  void close() throws Exception {
    tree.close();
  }

  private RawFiles counting(RawFiles real) {
    return (RawFiles)
        Proxy.newProxyInstance(
            NameSpellingsTest.class.getClassLoader(),
            new Class<?>[] {RawFiles.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("list")) {
                listings.incrementAndGet();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private FileHandle directoryWith(String directory, String name) throws Exception {
    FileHandle made = tree.makeDirectory(directory);
    tree.files().createFile(made, bytes(name)).close();
    return made;
  }

  @Test
  void a_directory_is_listed_once_whichever_descriptor_it_is_reached_by() throws Exception {
    NameSpellings names = new NameSpellings(files);
    try (FileHandle one = directoryWith("in", "Name");
        FileHandle other = tree.makeDirectory("in")) {
      assertThat(names.has(one, bytes("Name"))).isTrue();
      assertThat(names.has(other, bytes("name"))).isFalse();
      assertThat(names.has(one, bytes("Nam"))).isFalse();
    }
    try (FileHandle again = tree.makeDirectory("in")) {
      assertThat(names.has(again, bytes("Name"))).isTrue();
    }
    assertThat(listings).hasValue(1);
  }

  @Test
  void each_directory_has_names_of_its_own() throws Exception {
    NameSpellings names = new NameSpellings(files);
    try (FileHandle one = directoryWith("one", "a");
        FileHandle other = directoryWith("other", "b")) {
      assertThat(names.has(one, bytes("a"))).isTrue();
      assertThat(names.has(other, bytes("a"))).isFalse();
      assertThat(names.has(other, bytes("b"))).isTrue();
      assertThat(names.has(one, bytes("b"))).isFalse();
    }
    assertThat(listings).hasValue(2);
  }

  @Test
  void beyond_the_bound_what_was_asked_for_longest_ago_is_dropped() throws Exception {
    String name = "n".repeat(100);
    NameSpellings names = new NameSpellings(files, 300);
    try (FileHandle one = directoryWith("one", name);
        FileHandle two = directoryWith("two", name);
        FileHandle three = directoryWith("three", name)) {
      names.has(one, bytes(name));
      names.has(two, bytes(name));
      names.has(one, bytes(name));
      assertThat(listings).as("two fit").hasValue(2);
      names.has(three, bytes(name));
      names.has(one, bytes(name));
      assertThat(listings).as("one was used after two").hasValue(3);
      names.has(two, bytes(name));
      assertThat(listings).as("two had to go").hasValue(4);
    }
  }

  @Test
  void a_directory_beyond_the_bound_is_kept_while_it_is_the_last() throws Exception {
    NameSpellings names = new NameSpellings(files, 1);
    try (FileHandle large = directoryWith("large", "n");
        FileHandle other = directoryWith("other", "n")) {
      names.has(large, bytes("n"));
      names.has(large, bytes("m"));
      assertThat(listings).hasValue(1);
      names.has(other, bytes("n"));
      names.has(large, bytes("n"));
      assertThat(listings).hasValue(3);
    }
  }

  /** The parent of each further name is opened anew, in the second pass as well as in the first. */
  @Test
  void many_hard_links_into_one_directory_take_few_listings() throws Exception {
    int links = 200;
    Path source = Files.createDirectories(tree.place().resolve("source/part/links"));
    Path target = Files.createDirectories(tree.place().resolve("target/links"));
    Path outside = Files.writeString(tree.place().resolve("source/first"), "contents");
    for (int i = 0; i < links; i++) {
      Files.createLink(source.resolve("link" + i), outside);
      Files.writeString(target.resolve("link" + i), "before");
    }
    try (BackupFixture backupFixture = new BackupFixture()) {
      SnapshotView snapshot = backupFixture.backUp(tree.path("source")).snapshot();
      RestoreRequest request =
          new RestoreRequest(
              snapshot, tree.path("source/part"), tree.path("target"), OverwriteMode.IF_CHANGED);
      RestoreResult result =
          new Restore(backupFixture.store(), backupFixture.key(), () -> counting(RawFiles.open()))
              .run(request, backupFixture.progress());
      assertThat(result.result()).isEqualTo(RunResult.SUCCESS);
    }
    assertThat(target.resolve("link7")).hasContent("contents");
    assertThat(Files.getAttribute(target.resolve("link7"), "unix:nlink")).isEqualTo(links);
    assertThat(listings).as("of the target and of the directory in it").hasValue(2);
  }
}

package org.hikae.hk1.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of a bundle while it is written (HK1-B-01, HK1-B-06). */
class BundleStoreTest {

  private static final byte[] HEADER = bytes("{\"a header\": 1}");
  private static final byte[] OBJECT = bytes("sealed");
  private static final Hash256 NAME = Hash256.sha256(OBJECT);

  @TempDir private Path parent;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Path folder() {
    return parent.resolve("bundle");
  }

  private BundleStore open() throws IOException {
    return BundleStore.open(folder(), HEADER, before -> Arrays.equals(before, HEADER));
  }

  private Path object() {
    return folder().resolve("objects").resolve(NAME.hex().substring(0, 2)).resolve(NAME.hex());
  }

  @Test
  void a_bundle_says_what_it_will_be_and_then_what_it_is() throws Exception {
    try (BundleStore bundle = open()) {
      assertThat(folder().resolve("unfinished.json")).hasBinaryContent(HEADER);
      bundle.put(NAME, Arrays.copyOf(OBJECT, 100), OBJECT.length);
      bundle.write("vault/receipts", "7", bytes("receipt"));
      assertThat(folder().resolve("bundle.json")).doesNotExist();
      bundle.finish(HEADER);
    }
    assertThat(folder().resolve("bundle.json")).hasBinaryContent(HEADER);
    assertThat(folder().resolve("unfinished.json")).doesNotExist();
    assertThat(object()).hasBinaryContent(OBJECT);
    assertThat(folder().resolve("vault/receipts/7")).hasContent("receipt");
    try (Stream<Path> all = Files.walk(folder())) {
      assertThat(all.map(each -> String.valueOf(each.getFileName())))
          .noneMatch(name -> name.endsWith(".part"));
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(object())))
        .isEqualTo("rw-------");
  }

  @Test
  void it_is_gone_on_with_finished_or_not() throws Exception {
    open().close();
    try (BundleStore bundle = open()) {
      bundle.put(NAME, OBJECT, OBJECT.length);
    }
    try (BundleStore bundle = open()) {
      assertThat(bundle.holds(NAME)).isTrue();
      bundle.finish(HEADER);
    }
    try (BundleStore bundle = open()) {
      assertThat(bundle.holds(NAME)).isTrue();
      assertThat(folder().resolve("unfinished.json")).doesNotExist();
      bundle.finish(HEADER);
    }
  }

  /** What a crash right after the folder was made has left. */
  @Test
  void a_folder_with_nothing_but_a_beginning_is_new() throws Exception {
    Files.createDirectory(folder());
    Files.createFile(folder().resolve("writer.lock"));
    Files.writeString(folder().resolve("unfinished.json.part"), "{");
    open().close();
    assertThat(folder().resolve("unfinished.json")).hasBinaryContent(HEADER);
  }

  @Test
  void what_is_something_else_is_refused_and_left_alone() throws Exception {
    Files.createDirectory(folder());
    Files.writeString(folder().resolve("letter"), "mine");
    assertRefused(BundleStoreException.Reason.FOREIGN);
    Files.delete(folder().resolve("letter"));
    for (String name : List.of("bundle.json", "unfinished.json")) {
      Files.writeString(folder().resolve(name), "of another set");
      assertRefused(BundleStoreException.Reason.FOREIGN);
      Files.delete(folder().resolve(name));
    }
    Files.delete(folder());
    Files.writeString(folder(), "a file");
    assertThatThrownBy(this::open).isInstanceOf(NotDirectoryException.class);
  }

  private void assertRefused(BundleStoreException.Reason reason) throws IOException {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            BundleStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    try (Stream<Path> all = Files.list(folder())) {
      assertThat(all).as("nothing was written").hasSize(1);
    }
  }

  @Test
  void one_writes_at_a_time() throws Exception {
    BundleStore bundle = open();
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            BundleStoreException.class,
            e -> assertThat(e.reason()).isEqualTo(BundleStoreException.Reason.IN_USE));
    bundle.close();
    open().close();
  }

  @Test
  void an_object_with_other_bytes_is_not_there_and_is_replaced() throws Exception {
    try (BundleStore bundle = open()) {
      assertThat(bundle.holds(NAME)).isFalse();
      bundle.put(NAME, OBJECT, OBJECT.length);
      assertThat(bundle.holds(NAME)).isTrue();
      Files.writeString(object(), "sealeD");
      assertThat(bundle.holds(NAME)).isFalse();
      bundle.put(NAME, OBJECT, OBJECT.length);
      assertThat(bundle.holds(NAME)).isTrue();
    }
  }

  /** Whoever has put a link into the folder has nothing outside of it read or written. */
  @Test
  void links_are_not_followed() throws Exception {
    Path outside = Files.createDirectory(parent.resolve("outside"));
    Path file = Files.writeString(outside.resolve("file"), "sealed");
    try (BundleStore bundle = open()) {
      bundle.put(NAME, OBJECT, OBJECT.length);
      Files.delete(object());
      Files.createSymbolicLink(object(), file);
      assertThat(bundle.holds(NAME)).isFalse();
      bundle.put(NAME, bytes("other"), 5);
      assertThat(file).hasContent("sealed");
      assertThat(object()).hasContent("other").isRegularFile();
      Files.createSymbolicLink(folder().resolve("lists"), outside);
      assertThatThrownBy(() -> bundle.write("lists", "00", OBJECT))
          .isInstanceOf(NotDirectoryException.class);
      Files.createSymbolicLink(folder().resolve("wraps.json"), file);
      assertThat(bundle.read("", "wraps.json", 100)).isEmpty();
    }
    assertThat(outside.resolve("00")).doesNotExist();
  }

  @Test
  void what_is_too_long_is_not_read() throws Exception {
    try (BundleStore bundle = open()) {
      bundle.write("lists", "00", OBJECT);
      assertThat(bundle.read("lists", "00", OBJECT.length)).contains(OBJECT);
      assertThat(bundle.read("lists", "00", OBJECT.length - 1)).isEmpty();
      assertThat(bundle.read("lists", "01", OBJECT.length)).isEmpty();
    }
  }
}

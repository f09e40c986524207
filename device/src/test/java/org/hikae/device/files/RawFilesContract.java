package org.hikae.device.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every implementation of {@link RawFiles} has to do. */
abstract class RawFilesContract {

  private static final FileTime LONG_AGO = new FileTime(1_234_567_890, 123_456_789);

  @TempDir private Path place;
  private RawFiles files;
  private FileHandle top;

  /** A new instance. */
  abstract RawFiles create();

  @BeforeEach
  void open() throws Exception {
    files = create();
    top = files.openDirectoryFollowing(RawPath.of(place.toRealPath().toString()));
  }

  @AfterEach
  void close() {
    top.close();
    files.close();
  }

  @Test
  void bytes_are_read_back_from_where_they_were_written() throws Exception {
    write("file", 3, "abc");
    try (FileHandle file = files.openFile(top, name("file"))) {
      byte[] into = new byte[8];
      assertThat(files.read(file, 1, into, 1, 7)).isEqualTo(5);
      assertThat(into).isEqualTo(new byte[] {0, 0, 0, 'a', 'b', 'c', 0, 0});
      assertThat(files.read(file, 6, into, 0, 1)).isZero();
    }
  }

  @Test
  void names_are_bytes_in_the_order_of_bytes() throws Exception {
    byte[] noText = HexFormat.of().parseHex("ff0a");
    for (byte[] each : List.of(noText, name("控え"), name("b"), name("B"))) {
      files.makeDirectory(top, each);
    }
    assertThat(files.list(top)).containsExactly(name("B"), name("b"), name("控え"), noText);
    assertThat(files.list(top)).hasSize(4);
    assertThat(files.list(top, 4)).isEqualTo(files.list(top));
  }

  @Test
  void a_directory_that_is_too_large_is_not_listed_to_its_end() throws Exception {
    int many = 4000;
    for (int i = 0; i < many; i++) {
      files.createFile(top, name(i + "x".repeat(200))).close();
    }
    assertThat(files.list(top, 10)).hasSizeBetween(10, many - 1);
    assertThat(files.list(top)).hasSize(many);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0"})
  void what_is_no_name_of_an_entry_is_refused(String wrong) {
    assertThatThrownBy(() -> files.openFile(top, name(wrong)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> files.createFile(top, name(wrong)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> files.remove(top, name(wrong)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_file_is_made_only_where_nothing_is_and_for_its_owner_only() throws Exception {
    write("file", 0, "first");
    assertThatThrownBy(() -> files.createFile(top, name("file")))
        .isInstanceOfSatisfying(
            FileAccessException.class, e -> assertThat(e.isExisting()).isTrue());
    assertThat(files.status(top, name("file")).mode()).isEqualTo(0600);
    assertThat(files.status(top, name("file")).size()).isEqualTo(5);
  }

  @Test
  void what_is_not_there_is_said_to_be_missing() {
    assertThatThrownBy(() -> files.status(top, name("nothing")))
        .isInstanceOfSatisfying(FileAccessException.class, e -> assertThat(e.isMissing()).isTrue());
  }

  @Test
  void a_link_is_itself_and_never_followed() throws Exception {
    write("file", 0, "secret");
    files.symlink(name("file"), top, name("to file"));
    files.symlink(name("."), top, name("to folder"));

    assertThat(files.status(top, name("to file")).type()).isEqualTo(FileType.SYMLINK);
    assertThat(files.readLink(top, name("to file"))).isEqualTo(name("file"));
    assertThatThrownBy(() -> files.openFile(top, name("to file")))
        .isInstanceOf(FileAccessException.class);
    assertThatThrownBy(() -> files.openDirectory(top, name("to folder")))
        .isInstanceOf(FileAccessException.class);
    files.changeTime(top, name("to file"), LONG_AGO);
    assertThat(files.status(top, name("file")).modified()).isNotEqualTo(LONG_AGO);
    files.remove(top, name("to file"));
    assertThat(files.status(top, name("file")).size()).isEqualTo(6);
  }

  @Test
  void a_hard_link_is_the_same_file() throws Exception {
    write("file", 0, "x");
    files.link(top, name("file"), top, name("again"));
    FileStatus one = files.status(top, name("file"));
    assertThat(files.status(top, name("again"))).isEqualTo(one);
    assertThat(one.links()).isEqualTo(2);
  }

  @Test
  void mode_and_time_are_set_to_the_bit_and_the_nanosecond() throws Exception {
    write("file", 0, "x");
    files.changeMode(top, name("file"), 0754);
    files.changeTime(top, name("file"), LONG_AGO);
    assertThat(files.status(top, name("file")).mode()).isEqualTo(0754);
    assertThat(files.status(top, name("file")).modified()).isEqualTo(LONG_AGO);
    try (FileHandle file = files.openFile(top, name("file"))) {
      files.changeMode(file, 0640);
      files.changeTime(file, new FileTime(-1, 1));
      assertThat(files.status(file).mode()).isEqualTo(0640);
      assertThat(files.status(file).modified()).isEqualTo(new FileTime(-1, 1));
    }
  }

  @Test
  void holes_are_no_data() throws Exception {
    write("file", 1 << 20, "end");
    try (FileHandle file = files.openFile(top, name("file"))) {
      long data = files.nextData(file, 0);
      // A file system without holes says that everything is data.
      assertThat(data).isBetween(0L, 1L << 20);
      assertThat(files.nextHole(file, 1 << 20)).isGreaterThanOrEqualTo((1 << 20) + 3);
    }
  }

  @Test
  void a_file_without_a_name_gets_one_when_it_is_complete() throws Exception {
    FileHandle nameless;
    try {
      nameless = files.createNameless(top);
    } catch (FileAccessException e) {
      assertThat(e.isUnsupported()).isTrue();
      return;
    }
    try (nameless) {
      files.write(nameless, 0, name("all"), 0, 3);
      byte[] back = new byte[4];
      assertThat(files.read(nameless, 1, back, 1, 3)).isEqualTo(2);
      assertThat(back).containsExactly(0, 'l', 'l', 0);
      files.sync(nameless);
      assertThat(files.list(top)).isEmpty();
      files.giveName(nameless, top, name("file"));
    }
    assertThat(files.status(top, name("file")).size()).isEqualTo(3);
  }

  @Test
  void a_directory_tells_what_its_disk_has_room_for() {
    assertThat(files.freeBytes(top)).isPositive();
  }

  @Test
  void a_pipe_is_a_pipe_and_opening_it_does_not_wait() throws Exception {
    files.makeFifo(top, name("pipe"));
    assertThat(files.status(top, name("pipe")).type()).isEqualTo(FileType.FIFO);
    try (FileHandle pipe = files.openFile(top, name("pipe"))) {
      assertThat(files.status(pipe).type()).isEqualTo(FileType.FIFO);
    }
  }

  @Test
  void attributes_are_read_back_in_order() throws Exception {
    write("file", 0, "x");
    ExtendedAttributes attributes = files.attributes();
    try {
      attributes.write(
          top, name("file"), new ExtendedAttribute(name("user.b"), new byte[] {0, -1}));
    } catch (FileAccessException e) {
      assumeThat(e.isUnsupported()).as("a file system with attributes").isFalse();
      throw e;
    }
    attributes.write(top, name("file"), new ExtendedAttribute(name("user.a"), new byte[0]));

    List<ExtendedAttribute> read = attributes.read(top, name("file"));
    assertThat(read)
        .extracting(ExtendedAttribute::name)
        .containsExactly(name("user.a"), name("user.b"));
    assertThat(read.getLast().value()).isEqualTo(new byte[] {0, -1});
  }

  @Test
  void only_an_empty_directory_is_removed_as_one() throws Exception {
    files.makeDirectory(top, name("folder"));
    try (FileHandle folder = files.openDirectory(top, name("folder"))) {
      files.makeDirectory(folder, name("inner"));
      assertThatThrownBy(() -> files.removeDirectory(top, name("folder")))
          .isInstanceOf(FileAccessException.class);
      files.removeDirectory(folder, name("inner"));
    }
    assertThatThrownBy(() -> files.remove(top, name("folder")))
        .isInstanceOf(FileAccessException.class);
    files.removeDirectory(top, name("folder"));
    assertThat(files.list(top)).isEmpty();
  }

  @Test
  void the_real_path_has_no_links() throws Exception {
    files.makeDirectory(top, name("folder"));
    files.symlink(name("folder"), top, name("link"));
    String real = place.toRealPath().toString();
    assertThat(files.realPath(RawPath.of(real + "/link"))).hasToString(real + "/folder");
  }

  private void write(String file, long position, String text) throws IOException {
    byte[] bytes = name(text);
    try (FileHandle made = files.createFile(top, name(file))) {
      files.write(made, position, bytes, 0, bytes.length);
    }
  }

  private static byte[] name(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

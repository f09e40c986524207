package org.hikae.device.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.FileType;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverySheetFileTest {

  @TempDir private Path folder;
  private final SecretBytes sheet =
      SecretBytes.take("%PDF the sheet".getBytes(StandardCharsets.US_ASCII));

  @Test
  void is_whole_and_for_its_owner_only() throws Exception {
    Path file = folder.resolve("シート.pdf");
    RecoverySheetFile.requireFree(raw(file));
    RecoverySheetFile.write(raw(file), sheet);

    assertThat(file).hasContent("%PDF the sheet");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder.toFile().list()).as("no other file").containsExactly("シート.pdf");
  }

  @Test
  void never_replaces_anything() throws Exception {
    Path file = Files.writeString(folder.resolve("sheet.pdf"), "mine");
    Path link = Files.createSymbolicLink(folder.resolve("link.pdf"), folder.resolve("nowhere"));

    for (Path taken : new Path[] {file, link, folder}) {
      assertThatThrownBy(() -> RecoverySheetFile.requireFree(raw(taken)))
          .hasMessage("sheet.exists");
      assertThatThrownBy(() -> RecoverySheetFile.write(raw(taken), sheet))
          .hasMessage("sheet.exists");
    }
    assertThat(file).hasContent("mine");
    assertThat(folder.resolve("nowhere")).doesNotExist();
    assertThatThrownBy(() -> RecoverySheetFile.requireFree(RawPath.ROOT))
        .hasMessage("sheet.exists");
  }

  @Test
  void a_folder_that_is_not_there_is_named() {
    Path file = folder.resolve("none/sheet.pdf");

    assertThatThrownBy(() -> RecoverySheetFile.requireFree(raw(file)))
        .hasMessage("sheet.no-folder");
    assertThatThrownBy(() -> RecoverySheetFile.write(raw(file), sheet))
        .isInstanceOfSatisfying(
            AgentException.class,
            e -> assertThat(e.arguments()).containsExactly(raw(file.getParent())));
  }

  @Test
  void without_nameless_files_it_is_the_same() throws Exception {
    Path file = folder.resolve("sheet.pdf");
    byte[] bytes = sheet.expose();
    try (RawFiles files = RawFiles.open();
        FileHandle directory = files.openDirectoryFollowing(raw(folder))) {
      RecoverySheetFile.named(files, directory, raw(file), bytes);
      assertThat(file).hasContent("%PDF the sheet");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> RecoverySheetFile.named(files, directory, raw(file), bytes))
          .isInstanceOfSatisfying(
              FileAccessException.class, e -> assertThat(e.isExisting()).isTrue());
      assertThat(file).as("the older one stays").hasContent("%PDF the sheet");
    }
  }

  @Test
  void a_file_that_others_could_read_is_refused() throws Exception {
    for (int mode : new int[] {0644, 0640, 0604, 0700, 0755}) {
      assertThatThrownBy(() -> RecoverySheetFile.requirePrivate(raw(folder), status(mode)))
          .as(Integer.toOctalString(mode))
          .hasMessage("sheet.readable-by-others");
    }
    RecoverySheetFile.requirePrivate(raw(folder), status(0600));
  }

  private static FileStatus status(int mode) {
    FileTime time = new FileTime(0, 0);
    return new FileStatus(FileType.REGULAR, mode, 0, 0, 0, 1, 1, 0, 0, time, time);
  }

  private static RawPath raw(Path path) {
    return RawPath.of(path.toString());
  }
}

package org.hikae.device.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerOnlyFilesTest {

  @TempDir private Path folder;

  @Test
  void what_is_made_lets_nobody_else_in() throws Exception {
    Path file = Files.createFile(folder.resolve("file"), OwnerOnlyFiles.file());
    Path inner = Files.createDirectory(folder.resolve("inner"), OwnerOnlyFiles.folder());

    assertThat(OwnerOnlyFiles.lettingOthersIn(file)).isEmpty();
    assertThat(OwnerOnlyFiles.lettingOthersIn(inner)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw--w----", "rw-----w-", "rwx--x---", "------r--"})
  void whoever_else_is_let_in_is_told(String mode) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThat(OwnerOnlyFiles.lettingOthersIn(file)).contains(mode);
  }
}

package org.hikae.admin.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageCheckTest {

  @TempDir private Path folder;

  private List<DoctorFinding> look(StorageCheck.MarkSource recorded) throws IOException {
    return new StorageCheck(folder, recorded).look();
  }

  @Test
  void a_folder_is_this_databases_or_anothers_or_not_there() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    assertThat(look(() -> Optional.of("ab")))
        .containsExactly(DoctorFinding.of(FindingCode.STORAGE_MISSING, folder));
    Files.writeString(folder.resolve("hikae-store"), "ab\n");
    assertThat(look(() -> Optional.of("ab")))
        .containsExactly(DoctorFinding.of(FindingCode.STORAGE_OK, folder));
    assertThat(new StorageCheck(folder, null).look())
        .containsExactly(DoctorFinding.of(FindingCode.STORAGE_OK, folder));
    assertThat(look(() -> Optional.of("cd")))
        .containsExactly(DoctorFinding.of(FindingCode.STORAGE_FOREIGN, folder));
    assertThat(look(Optional::empty))
        .containsExactly(DoctorFinding.of(FindingCode.STORAGE_FOREIGN, folder));
    assertThatIOException()
        .isThrownBy(
            () ->
                look(
                    () -> {
                      throw new SQLException("Connection refused");
                    }))
        .withMessageContaining("Connection refused");
    assertThat(new StorageCheck(null, null).look())
        .containsExactly(DoctorFinding.of(FindingCode.STORAGE_NONE));
  }

  @Test
  void a_folder_that_others_may_enter_is_told() throws IOException {
    Files.writeString(folder.resolve("hikae-store"), "ab");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
    assertThat(look(() -> Optional.of("ab")))
        .containsExactly(DoctorFinding.of(FindingCode.STORAGE_OPEN, folder, "rwxr-x---"));
  }
}

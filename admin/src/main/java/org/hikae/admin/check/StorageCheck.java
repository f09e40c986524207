package org.hikae.admin.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;
import org.jspecify.annotations.Nullable;

/** Whether the folder of files is there and the database's; nothing is written to it. */
public final class StorageCheck implements InstallationCheck {

  private static final String MARK = "hikae-store";
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  /** Which folder the database names. */
  @FunctionalInterface
  public interface MarkSource {
    /** Empty when it has named none yet. */
    Optional<String> read() throws SQLException;
  }

  private final @Nullable Path folder;
  private final @Nullable MarkSource recorded;

  /**
   * Looks at a folder.
   *
   * @param folder null when ciphertext lies in the database
   * @param recorded null when the database cannot be asked
   */
  public StorageCheck(@Nullable Path folder, @Nullable MarkSource recorded) {
    this.folder = folder;
    this.recorded = recorded;
  }

  @Override
  public String name() {
    return "storage";
  }

  @Override
  public List<DoctorFinding> look() throws IOException {
    Path place = folder;
    if (place == null) {
      return List.of(DoctorFinding.of(FindingCode.STORAGE_NONE));
    }
    try {
      return List.of(finding(place));
    } catch (NoSuchFileException e) {
      return List.of(DoctorFinding.of(FindingCode.STORAGE_MISSING, place));
    } catch (SQLException e) {
      throw new IOException(ExceptionText.of(e), e);
    }
  }

  private DoctorFinding finding(Path place) throws IOException, SQLException {
    String mark = Files.readString(place.resolve(MARK)).strip();
    if (recorded != null && recorded.read().filter(mark::equals).isEmpty()) {
      return DoctorFinding.of(FindingCode.STORAGE_FOREIGN, place);
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(place);
    return OWNER.containsAll(permissions)
        ? DoctorFinding.of(FindingCode.STORAGE_OK, place)
        : DoctorFinding.of(
            FindingCode.STORAGE_OPEN, place, PosixFilePermissions.toString(permissions));
  }
}

package org.hikae.device.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * How the agent's own files and folders are made for their owner only, and how it is seen that they
 * still are. The one place that knows how this system says so; a file system that cannot say it is
 * refused with {@link UnsupportedSystemException}, so that no secret lies open.
 */
public final class OwnerOnlyFiles {

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private OwnerOnlyFiles() {}

  /** To make a file with. */
  public static FileAttribute<?> file() {
    return only("rw-------");
  }

  /** To make a folder with. */
  public static FileAttribute<?> folder() {
    return only("rwx------");
  }

  private static FileAttribute<?> only(String mode) {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      throw UnsupportedSystemException.ofThisComputer();
    }
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  /** The permissions of a file, when they let anybody but its owner in. */
  public static Optional<String> lettingOthersIn(Path file) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    return mode.stream().anyMatch(OTHERS::contains)
        ? Optional.of(PosixFilePermissions.toString(mode))
        : Optional.empty();
  }
}

package org.hikae.device.transparency;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes the small files beside what is kept of a log. */
final class LogFolderWriter {

  private LogFolderWriter() {}

  /**
   * Replaces one line; a kill in between leaves the one before.
   *
   * @param more such as that it is on the disk when this returns
   */
  static void replace(Path file, String line, OpenOption... more) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " has no folder");
    }
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, "new-", ".tmp");
    try {
      Files.writeString(fresh, line + "\n", StandardCharsets.US_ASCII, more);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}

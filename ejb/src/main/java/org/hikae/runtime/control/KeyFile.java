package org.hikae.runtime.control;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes the files in which the portal's own keys lie. */
final class KeyFile {

  private KeyFile() {}

  /**
   * Makes a file, readable by its owner only, unless another program was faster. Afterwards one of
   * the two is there, whole and under its name, also when the power goes.
   *
   * @param prefix how the file is called until it is complete
   * @param content ASCII
   */
  static void make(Path file, String prefix, String content) throws IOException {
    // Complete before it has its name, so that nobody reads half a key.
    Path fresh =
        Files.createTempFile(
            file.resolveSibling(""),
            prefix,
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(fresh, content, StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // Another portal was first.
    } finally {
      Files.delete(fresh);
    }
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}

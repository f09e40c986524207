package org.hikae.device.transparency;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.hk1.Hash256;

/**
 * Which card of the vault was seen in a log, with the end under which it was: both as hashes in one
 * line, so that what was seen under one end never speaks for another. It can be made again from the
 * log, so one that cannot be read is as if there were none.
 */
final class LoggedCardStore {

  /** Two hashes in hexadecimal digits, a blank and an end of the line. */
  private static final int MAX_BYTES = 130;

  private final Path file;

  LoggedCardStore(Path folder) {
    this.file = folder.resolve("card");
  }

  /** Whether the log that ends so was seen to have this entry. */
  boolean has(byte[] checkpoint, Hash256 leaf) {
    try {
      return Files.size(file) <= MAX_BYTES
          && Files.readString(file, StandardCharsets.US_ASCII)
              .strip()
              .equals(text(checkpoint, leaf));
    } catch (IOException e) {
      return false;
    }
  }

  /** Notes that it has, before the end is kept: who is killed in between reads the log again. */
  void write(byte[] checkpoint, Hash256 leaf) throws IOException {
    LogFolderWriter.replace(file, text(checkpoint, leaf));
  }

  private static String text(byte[] checkpoint, Hash256 leaf) {
    return Hash256.sha256(checkpoint).hex() + " " + leaf.hex();
  }
}

package org.hikae.enrollment.distribution.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the file that {@code sha256sum} writes beside the packages. */
final class ChecksumFileReader {

  /** What the file is called. */
  static final String NAME = "SHA256SUMS";

  /** Most bytes that are read of it. */
  private static final int MAX_BYTES = 64 << 10;

  private static final Pattern LINE =
      Pattern.compile("(?<sum>[0-9a-f]{64}) [ *](?<name>[^/\\\\]{1,255})");

  private ChecksumFileReader() {}

  /**
   * Hashes by the names of files; lines of another form count for nothing.
   *
   * @throws InvalidPackageException when it is no file, or others than its owner may write into it
   */
  static Map<String, String> read(Path folder) throws IOException, InvalidPackageException {
    Map<String, String> sums = new HashMap<>();
    try (InputStream in = Channels.newInputStream(PackageFile.open(folder.resolve(NAME)))) {
      for (String line : new String(in.readNBytes(MAX_BYTES), UTF_8).split("\r?\n", -1)) {
        Matcher found = LINE.matcher(line);
        if (found.matches()) {
          sums.put(found.group("name"), found.group("sum"));
        }
      }
    } catch (NoSuchFileException e) {
      // Then no file is named in it.
    }
    return sums;
  }
}

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
import org.hikae.enrollment.distribution.view.AgentPackageFault;
import org.hikae.enrollment.distribution.view.ChecksumFiles;
import org.hikae.runtime.control.SignatureKey;
import org.jspecify.annotations.Nullable;

/** Reads the file that {@code sha256sum} writes beside the packages, and its signature. */
final class ChecksumFileReader {

  /** What the file is called. */
  static final String NAME = "SHA256SUMS";

  /** What its signature is called, 64 bytes of Ed25519. */
  static final String SIGNATURE = "SHA256SUMS.sig";

  /** Most bytes that are read of it. */
  static final int MAX_BYTES = 64 << 10;

  private static final Pattern LINE =
      Pattern.compile("(?<sum>[0-9a-f]{64}) [ *](?<name>[^/\\\\]{1,255})");

  private ChecksumFileReader() {}

  /**
   * Both files; without a key only the list.
   *
   * @throws InvalidPackageException when one is no file, or others than its owner may write into
   *     it, or the list is too long, or the key has not signed it
   */
  static ChecksumFiles read(Path folder, @Nullable SignatureKey key)
      throws IOException, InvalidPackageException {
    byte[] list = bytes(folder.resolve(NAME), MAX_BYTES + 1);
    if (list.length > MAX_BYTES) {
      // A part of it would have no signature, and might not name what is there.
      throw new InvalidPackageException(AgentPackageFault.LIST_SIZE);
    }
    if (key == null) {
      return new ChecksumFiles(list, new byte[0]);
    }
    byte[] signature = bytes(folder.resolve(SIGNATURE), SignatureKey.SIGNATURE_BYTES + 1);
    if (!key.hasSigned(list, signature)) {
      throw new InvalidPackageException(AgentPackageFault.SIGNATURE);
    }
    return new ChecksumFiles(list, signature);
  }

  /** Nothing of a file that is not there. */
  private static byte[] bytes(Path file, int most) throws IOException, InvalidPackageException {
    try (InputStream in = Channels.newInputStream(PackageFile.open(file))) {
      return in.readNBytes(most);
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }

  /** Hashes by the names of files; lines of another form count for nothing. */
  static Map<String, String> sums(byte[] list) {
    Map<String, String> sums = new HashMap<>();
    for (String line : new String(list, UTF_8).split("\r?\n", -1)) {
      Matcher found = LINE.matcher(line);
      if (found.matches()) {
        sums.put(found.group("name"), found.group("sum"));
      }
    }
    return sums;
  }
}

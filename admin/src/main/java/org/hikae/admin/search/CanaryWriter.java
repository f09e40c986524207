package org.hikae.admin.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Makes files with names and contents that stand nowhere else, and the list of them. */
public final class CanaryWriter {

  private static final String LIST = "canary.txt";
  private static final int TIMES = 20_000;
  private static final int RANDOM_BYTES = 16;

  private CanaryWriter() {}

  /**
   * What was made.
   *
   * @param list what is searched for
   * @param files what a device backs up
   * @param device what that device is called
   */
  public record CanaryResult(Path list, Path files, String device) {}

  /**
   * Makes them.
   *
   * @param folder which is new or empty
   */
  public static CanaryResult write(Path folder, SecureRandom random) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> there = Files.list(folder)) {
      if (there.findAny().isPresent()) {
        throw new IOException(folder + " is not empty");
      }
    }
    String device = "canary-device-" + fresh(random);
    String name = "canary-name-" + fresh(random);
    String directory = "canary-folder-" + fresh(random);
    String content = "canary-content-" + fresh(random);
    Path files = Files.createDirectories(folder.resolve("files").resolve(directory));
    Files.writeString(files.resolve(name), content);
    // Of more than one chunk, and well compressible.
    Files.writeString(files.resolve("large-" + name), (content + "\n").repeat(TIMES));
    Path list =
        Files.createFile(
            folder.resolve(LIST),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(
        list,
        List.of(
            "# Add a line such as: secret password VALUE, or: secret-hex key HEXADECIMAL",
            "known " + CanaryFile.DEVICE + " " + device,
            "secret file-name " + name,
            "secret folder-name " + directory,
            "secret content " + content));
    return new CanaryResult(list, folder.resolve("files"), device);
  }

  /** Sixteen random bytes, which stand nowhere else. */
  public static String fresh(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}

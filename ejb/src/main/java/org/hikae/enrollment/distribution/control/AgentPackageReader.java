package org.hikae.enrollment.distribution.control;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.enrollment.distribution.view.AgentPackageFault;
import org.hikae.enrollment.distribution.view.AgentPackageKind;
import org.hikae.enrollment.distribution.view.AgentPackageView;

/** Says what a file is by its contents, which have to say the same as its name. */
final class AgentPackageReader {

  /** Most bytes of a package: ten times what it takes. */
  static final long MAX_BYTES = 512L << 20;

  private static final String PROGRAM = "hikae";
  private static final String VERSION = "(?<version>[0-9][A-Za-z0-9.+~-]{0,60})";
  private static final String ARCHITECTURE = "(?<architecture>[a-z][a-z0-9-]{1,20})";
  private static final Pattern DEBIAN =
      Pattern.compile(PROGRAM + "_" + VERSION + "_" + ARCHITECTURE + "\\.deb");
  private static final Pattern ARCHIVE =
      Pattern.compile(PROGRAM + "-" + VERSION + "-linux-" + ARCHITECTURE + "\\.tar\\.gz");

  private AgentPackageReader() {}

  /**
   * The package that a file is.
   *
   * @param path of the file, which is no link
   * @param sums hashes by the names of files
   * @throws InvalidPackageException when it is none that could be offered
   */
  static AgentPackageView read(Path path, Map<String, String> sums)
      throws IOException, InvalidPackageException {
    String name = String.valueOf(path.getFileName());
    Matcher debian = DEBIAN.matcher(name);
    if (debian.matches()) {
      return read(path, AgentPackageKind.DEBIAN, debian, sums);
    }
    Matcher archive = ARCHIVE.matcher(name);
    if (archive.matches()) {
      return read(path, AgentPackageKind.ARCHIVE, archive, sums);
    }
    throw new InvalidPackageException(AgentPackageFault.NAME);
  }

  private static AgentPackageView read(
      Path path, AgentPackageKind kind, Matcher name, Map<String, String> sums)
      throws IOException, InvalidPackageException {
    try (SeekableByteChannel file = PackageFile.open(path)) {
      long size = file.size();
      if (size < 1 || size > MAX_BYTES) {
        throw new InvalidPackageException(AgentPackageFault.SIZE);
      }
      requireSame(name, identity(kind, file, name));
      file.position(0);
      String sum = PackageFile.sha256(file, size);
      if (!sum.equals(sums.get(name.group()))) {
        throw new InvalidPackageException(AgentPackageFault.CHECKSUM);
      }
      return new AgentPackageView(
          name.group(), kind, name.group("version"), name.group("architecture"), size, sum);
    }
  }

  private static PackageIdentity identity(
      AgentPackageKind kind, SeekableByteChannel file, Matcher name)
      throws IOException, InvalidPackageException {
    return switch (kind) {
      case DEBIAN -> DebianPackageReader.read(file);
      case ARCHIVE -> {
        String folder = AgentArchiveReader.folder(Channels.newInputStream(file));
        int dash = folder.indexOf('-');
        // An archive does not say for which processors it is.
        yield new PackageIdentity(
            dash < 0 ? folder : folder.substring(0, dash),
            folder.substring(dash + 1),
            name.group("architecture"));
      }
    };
  }

  private static void requireSame(Matcher name, PackageIdentity identity)
      throws InvalidPackageException {
    if (!identity.program().equals(PROGRAM)
        || !identity.version().equals(name.group("version"))
        || !identity.architecture().equals(name.group("architecture"))) {
      throw new InvalidPackageException(AgentPackageFault.CONTENT);
    }
  }
}

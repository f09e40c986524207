package org.hikae.enrollment.update.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/**
 * A package that may be installed (HK1-U-04). Its file's name follows from what it is.
 *
 * @param kind how it is packed
 * @param architecture processors that it is for, by Debian's name
 * @param version of the agent, ordered as {@link DebianVersionComparator} does
 * @param length bytes, at most {@link #MAX_BYTES}
 * @param sha256 of these bytes
 */
public record UpdateTarget(
    UpdateTargetKind kind, String architecture, String version, long length, Hash256 sha256) {

  /** Most bytes of a package: ten times what it takes. */
  public static final long MAX_BYTES = 512L << 20;

  /** Bytes of each part in which portals give a package, but for the last one. */
  public static final int PART_BYTES = 1 << 20;

  private static final String VERSION_FORM = "[0-9][A-Za-z0-9.+~-]{0,60}";
  private static final String ARCHITECTURE_FORM = "[a-z][a-z0-9-]{1,20}";
  private static final Pattern VERSION = Pattern.compile(VERSION_FORM);
  private static final Pattern ARCHITECTURE = Pattern.compile(ARCHITECTURE_FORM);
  private static final Pattern LENGTH = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern DEBIAN_FILE =
      Pattern.compile("hikae_(" + VERSION_FORM + ")_(" + ARCHITECTURE_FORM + ")\\.deb");
  private static final Pattern ARCHIVE_FILE =
      Pattern.compile("hikae-(" + VERSION_FORM + ")-linux-(" + ARCHITECTURE_FORM + ")\\.tar\\.gz");
  private static final int FIELDS = 5;

  /**
   * Checks the form of each.
   *
   * @throws IllegalArgumentException when no package is so
   */
  public UpdateTarget {
    boolean right =
        VERSION.matcher(version).matches()
            && ARCHITECTURE.matcher(architecture).matches()
            && length > 0
            && length <= MAX_BYTES;
    if (!right) {
      throw new IllegalArgumentException("no package has such a version, architecture or length");
    }
  }

  /** The package that is in a file of this name, if files of packages are called so. */
  public static Optional<UpdateTarget> ofFile(String name, long length, Hash256 sha256) {
    Matcher debian = DEBIAN_FILE.matcher(name);
    Matcher archive = ARCHIVE_FILE.matcher(name);
    boolean isDebian = debian.matches();
    Matcher found = isDebian ? debian : archive;
    if (!isDebian && !archive.matches()) {
      return Optional.empty();
    }
    UpdateTargetKind kind = isDebian ? UpdateTargetKind.DEBIAN : UpdateTargetKind.ARCHIVE;
    return Optional.of(new UpdateTarget(kind, found.group(2), found.group(1), length, sha256));
  }

  /** Name of its file. */
  public String fileName() {
    return switch (kind) {
      case DEBIAN -> "hikae_" + version + "_" + architecture + ".deb";
      case ARCHIVE -> "hikae-" + version + "-linux-" + architecture + ".tar.gz";
    };
  }

  /** Whether it is newer than an agent of this version. */
  public boolean isNewerThan(String installed) {
    return DebianVersionComparator.OLDEST_FIRST.compare(version, installed) > 0;
  }

  /** Its line of a list. */
  String text() {
    return String.join(
        " ", kind.code(), architecture, version, String.valueOf(length), sha256.hex());
  }

  /** Reads what {@link #text()} writes. */
  static UpdateTarget parse(String line) throws MalformedException {
    String[] fields = line.split(" ", FIELDS + 1);
    if (fields.length != FIELDS || !LENGTH.matcher(fields[3]).matches()) {
      throw new MalformedException("A package has a kind, architecture, version, length and hash.");
    }
    UpdateTargetKind kind =
        UpdateTargetKind.of(fields[0])
            .orElseThrow(() -> new MalformedException("The kind of the package is not known."));
    try {
      return new UpdateTarget(
          kind, fields[1], fields[2], Long.parseLong(fields[3]), Hash256.parse(fields[4]));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("No package has such a version, architecture or length.");
    }
  }
}

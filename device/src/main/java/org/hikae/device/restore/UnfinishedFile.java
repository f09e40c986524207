package org.hikae.device.restore;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.jspecify.annotations.Nullable;

/**
 * A file that has no name, or a passing one where the file system cannot do without, until it is
 * whole: whatever interrupts a restore, under the final name is the whole file or what was there
 * before. Unless it was named, closing it removes it.
 */
final class UnfinishedFile implements AutoCloseable {

  /** Passing names begin so; one is left behind only when the process is killed. */
  static final String PASSING = ".hikae-restore-";

  private final RawFiles files;
  private final FileHandle at;
  private final byte[] name;
  private final FileHandle fileHandle;
  private byte @Nullable [] passing;

  private UnfinishedFile(
      RawFiles files,
      FileHandle at,
      byte[] name,
      FileHandle fileHandle,
      byte @Nullable [] passing) {
    this.files = files;
    this.at = at;
    this.name = name;
    this.fileHandle = fileHandle;
    this.passing = passing;
  }

  /** Without a name; fails as unsupported on some file systems. */
  static UnfinishedFile nameless(RawFiles files, FileHandle at, byte[] name)
      throws FileAccessException {
    return new UnfinishedFile(files, at, name, files.createNameless(at), null);
  }

  /** With a passing name. */
  static UnfinishedFile passing(RawFiles files, FileHandle at, byte[] name)
      throws FileAccessException {
    byte[] passing = passingName();
    return new UnfinishedFile(files, at, name, files.createFile(at, passing), passing);
  }

  private static byte[] passingName() {
    return (PASSING + HexFormat.of().toHexDigits(System.nanoTime()))
        .getBytes(StandardCharsets.US_ASCII);
  }

  FileHandle fd() {
    return fileHandle;
  }

  /** Says whether what is there under a name may be replaced. */
  @FunctionalInterface
  interface Replacing {
    /** Asked only when something is there. */
    boolean mayReplace(FileHandle at, byte[] name) throws FileAccessException;
  }

  /**
   * Gives the file its name.
   *
   * @param replacing whether it may replace what is there; a directory is never replaced
   */
  void giveName(Replacing replacing) throws FileAccessException {
    if (passing == null) {
      try {
        files.giveName(fileHandle, at, name);
        return;
      } catch (FileAccessException e) {
        if (!e.isExisting() || !replacing.mayReplace(at, name)) {
          throw e;
        }
      }
      byte[] between = passingName();
      files.giveName(fileHandle, at, between);
      passing = between;
    } else if (isTaken() && !replacing.mayReplace(at, name)) {
      throw FileAccessException.existing(name);
    }
    try {
      files.rename(at, passing, name);
      passing = null;
    } catch (FileAccessException e) {
      // Nothing else than a directory is in the way of a name.
      throw isTaken() ? FileAccessException.existing(name) : e;
    }
  }

  private boolean isTaken() throws FileAccessException {
    try {
      files.status(at, name);
      return true;
    } catch (FileAccessException e) {
      if (e.isMissing()) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    byte[] left = passing;
    if (left != null) {
      try {
        files.remove(at, left);
      } catch (FileAccessException e) {
        // It was told already that this file is not restored.
      }
    }
    fileHandle.close();
  }
}

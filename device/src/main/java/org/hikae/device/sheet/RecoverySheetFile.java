package org.hikae.device.sheet;

import java.util.Arrays;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;

/**
 * Writes the sheet to the disk: a new file for its owner only, never over another, and whole or not
 * at all. It has no name until it is complete, so that a crash leaves nothing; a file system that
 * cannot do so gets the name first, and the file is removed when writing fails.
 */
public final class RecoverySheetFile {

  /** What only the owner may do: read and write. */
  private static final int OWNER_ONLY = 0600;

  private RecoverySheetFile() {}

  /** Says early what {@link #write} would refuse: a name that is taken, a directory not there. */
  public static void requireFree(RawPath file) throws AgentException {
    try (RawFiles files = RawFiles.open();
        FileHandle directory = directory(files, file)) {
      files.status(directory, name(file));
      throw new AgentException(RunResult.LOCAL, "sheet.exists", file);
    } catch (FileAccessException e) {
      if (!e.isMissing()) {
        throw new AgentException(RunResult.LOCAL, e, "sheet.unwritable", file, e.reason());
      }
    }
  }

  /** Writes {@code sheet}; whatever is refused or fails leaves no file. */
  public static void write(RawPath file, SecretBytes sheet) throws AgentException {
    byte[] bytes = sheet.expose();
    try (RawFiles files = RawFiles.open();
        FileHandle directory = directory(files, file)) {
      if (!nameless(files, directory, file, bytes)) {
        named(files, directory, file, bytes);
      }
      files.sync(directory);
    } catch (FileAccessException e) {
      throw e.isExisting()
          ? new AgentException(RunResult.LOCAL, e, "sheet.exists", file)
          : new AgentException(RunResult.LOCAL, e, "sheet.unwritable", file, e.reason());
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static boolean nameless(RawFiles files, FileHandle directory, RawPath file, byte[] bytes)
      throws FileAccessException, AgentException {
    FileHandle made;
    try {
      made = files.createNameless(directory);
    } catch (FileAccessException e) {
      if (e.isUnsupported()) {
        return false;
      }
      throw e;
    }
    try (made) {
      fill(files, made, file, bytes);
      files.giveName(made, directory, name(file));
    }
    return true;
  }

  /** The way of file systems that know no nameless files. */
  static void named(RawFiles files, FileHandle directory, RawPath file, byte[] bytes)
      throws FileAccessException, AgentException {
    boolean whole = false;
    try (FileHandle made = files.createFile(directory, name(file))) {
      try {
        fill(files, made, file, bytes);
        whole = true;
      } finally {
        if (!whole) {
          files.remove(directory, name(file));
        }
      }
    }
  }

  /** A file system without owners, such as that of most USB sticks, lets everybody read. */
  private static void fill(RawFiles files, FileHandle made, RawPath file, byte[] bytes)
      throws FileAccessException, AgentException {
    requirePrivate(file, files.status(made));
    files.write(made, 0, bytes, 0, bytes.length);
    files.sync(made);
  }

  static void requirePrivate(RawPath file, FileStatus status) throws AgentException {
    if ((status.mode() & ~OWNER_ONLY) != 0) {
      throw new AgentException(
          RunResult.LOCAL, "sheet.readable-by-others", file, Integer.toOctalString(status.mode()));
    }
  }

  private static FileHandle directory(RawFiles files, RawPath file)
      throws AgentException, FileAccessException {
    if (file.depth() == 0) {
      throw new AgentException(RunResult.LOCAL, "sheet.exists", file);
    }
    try {
      return files.openDirectoryFollowing(file.parent());
    } catch (FileAccessException e) {
      if (e.isMissing()) {
        throw new AgentException(RunResult.LOCAL, e, "sheet.no-folder", file.parent());
      }
      throw e;
    }
  }

  private static byte[] name(RawPath file) {
    return file.name(file.depth() - 1);
  }
}

package org.hikae.device.restore;

import java.util.Arrays;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.FileType;
import org.hikae.device.files.RawFiles;
import org.hikae.device.manifest.Metadata;
import org.hikae.device.manifest.TreeRecord;
import org.jspecify.annotations.Nullable;

/**
 * Whether something in the target is in the way of an entry of the snapshot, and what becomes of it
 * (spec HK1-M-10, HK1-M-11). Only looks. Whether a file is the same is told by its size and time of
 * change: a restored one gets its name last, after its time, so one that is there under its name is
 * whole.
 */
final class InTheWay {

  private final RawFiles files;
  private final Overwrite policy;
  private final SpeltNames spelt;

  InTheWay(RawFiles files, Overwrite policy) {
    this.files = files;
    this.policy = policy;
    this.spelt = new SpeltNames(files);
  }

  /** What is to be done. */
  enum Finding {
    /** Nothing is there: the entry is made. */
    ABSENT,
    /** What is there is replaced. */
    REPLACE,
    /** What is there is the entry itself, as far as can be seen, and is left alone. */
    SAME,
    /** Something else is there and is left alone, as was asked. */
    LEAVE,
    /** Something is there that is never replaced, so the entry cannot be restored. */
    BLOCKED;

    /** Whether the entry is written. */
    boolean writes() {
      return this == ABSENT || this == REPLACE;
    }
  }

  Overwrite policy() {
    return policy;
  }

  /** Whether it must be looked before writing; else whatever is in the way is replaced. */
  boolean looks() {
    return policy == Overwrite.IF_CHANGED
        || policy == Overwrite.IF_NEWER
        || policy == Overwrite.NEVER;
  }

  /** For a file; {@code at} is null when not even its directory is there. */
  Finding file(@Nullable Fd at, byte[] name, Metadata wanted, long size)
      throws FileAccessException {
    FileStatus there = status(at, name);
    boolean same =
        there != null
            && there.type() == FileType.REGULAR
            && there.size() == size
            && there.modified().equals(wanted.modified());
    return decide(at, name, there, same, wanted.modified());
  }

  /** For a symbolic link. */
  Finding symlink(@Nullable Fd at, TreeRecord.Symlink wanted) throws FileAccessException {
    FileStatus there = status(at, wanted.name());
    FileTime modified = wanted.metadata().modified();
    boolean same =
        at != null
            && there != null
            && there.type() == FileType.SYMLINK
            && there.modified().equals(modified)
            && Arrays.compare(files.readLink(at, wanted.name()), wanted.target()) == 0;
    return decide(at, wanted.name(), there, same, modified);
  }

  /** For a named pipe. */
  Finding fifo(@Nullable Fd at, TreeRecord.Fifo wanted) throws FileAccessException {
    FileStatus there = status(at, wanted.name());
    FileTime modified = wanted.metadata().modified();
    boolean same =
        there != null && there.type() == FileType.FIFO && there.modified().equals(modified);
    return decide(at, wanted.name(), there, same, modified);
  }

  /**
   * For a further name of a file.
   *
   * @param first the file that is there under its first name; null when it is to be written yet
   * @param modified its time of change in the snapshot
   */
  Finding link(@Nullable Fd at, byte[] name, @Nullable FileStatus first, FileTime modified)
      throws FileAccessException {
    FileStatus there = status(at, name);
    boolean same =
        there != null
            && first != null
            && there.inode() == first.inode()
            && there.device() == first.device();
    return decide(at, name, there, same, modified);
  }

  /** For a directory: one that is there is the same whatever its metadata. */
  Finding directory(@Nullable Fd at, byte[] name, Metadata wanted) throws FileAccessException {
    FileStatus there = status(at, name);
    boolean same = there != null && there.type() == FileType.DIRECTORY;
    if (same && isSpeltSo(at, name)) {
      return Finding.SAME;
    }
    Finding finding = decide(at, name, there, same, wanted.modified());
    // What is left alone here keeps everything below from being restored.
    return finding == Finding.LEAVE ? Finding.BLOCKED : finding;
  }

  /** Whether there is a directory, which nothing else replaces. */
  boolean isDirectory(Fd at, byte[] name) throws FileAccessException {
    FileStatus there = status(at, name);
    return there != null && there.type() == FileType.DIRECTORY;
  }

  /** Whether what is there under a name may be replaced, as far as its name says. */
  boolean mayReplace(Fd at, byte[] name) throws FileAccessException {
    return policy != Overwrite.REFUSE && isSpeltSo(at, name);
  }

  private boolean isSpeltSo(@Nullable Fd at, byte[] name) throws FileAccessException {
    return at != null && spelt.has(at, name);
  }

  private Finding decide(
      @Nullable Fd at, byte[] name, @Nullable FileStatus there, boolean same, FileTime modified)
      throws FileAccessException {
    if (there == null) {
      return Finding.ABSENT;
    }
    if (!isSpeltSo(at, name)) {
      // It has another name that is the same to this file system.
      return Finding.BLOCKED;
    }
    boolean directory = there.type() == FileType.DIRECTORY;
    return switch (policy) {
      case REFUSE -> Finding.BLOCKED;
      case NEVER -> same ? Finding.SAME : Finding.LEAVE;
      case ALWAYS -> directory ? Finding.BLOCKED : Finding.REPLACE;
      case IF_CHANGED -> same ? Finding.SAME : replace(directory);
      case IF_NEWER -> {
        if (same) {
          yield Finding.SAME;
        }
        yield there.modified().compareTo(modified) < 0 || directory
            ? replace(directory)
            : Finding.LEAVE;
      }
    };
  }

  private static Finding replace(boolean directory) {
    return directory ? Finding.BLOCKED : Finding.REPLACE;
  }

  private @Nullable FileStatus status(@Nullable Fd at, byte[] name) throws FileAccessException {
    if (at == null) {
      return null;
    }
    try {
      return files.status(at, name);
    } catch (FileAccessException e) {
      if (e.isMissing()) {
        return null;
      }
      throw e;
    }
  }
}

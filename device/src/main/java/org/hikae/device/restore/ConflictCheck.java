package org.hikae.device.restore;

import java.util.Arrays;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.FileType;
import org.hikae.device.files.RawFiles;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.jspecify.annotations.Nullable;

/**
 * Whether something in the target is in the way of an entry of the snapshot, and what becomes of it
 * (spec HK1-M-10, HK1-M-11). Only looks. Whether a file is the same is told by its size and time of
 * change: a restored one gets its name last, after its time, so one that is there under its name is
 * whole.
 */
final class ConflictCheck {

  private final RawFiles files;
  private final OverwriteMode mode;
  private final NameSpellings spellings;

  ConflictCheck(RawFiles files, OverwriteMode mode) {
    this.files = files;
    this.mode = mode;
    this.spellings = new NameSpellings(files);
  }

  /** What is to be done. */
  enum Resolution {
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

  OverwriteMode policy() {
    return mode;
  }

  /** For a file; {@code at} is null when not even its directory is there. */
  Resolution file(@Nullable FileHandle at, byte[] name, EntryMetadata wanted, long size)
      throws FileAccessException {
    FileStatus there = status(at, name);
    boolean same =
        there != null
            && there.type() == FileType.REGULAR
            && there.size() == size
            && there.modified().equals(wanted.modified());
    return decide(at, name, there, same, wanted.modified());
  }

  /** For a symbolic link or a named pipe. */
  Resolution other(@Nullable FileHandle at, ManifestRecord.Entry wanted)
      throws FileAccessException {
    return switch (wanted) {
      case ManifestRecord.Symlink link -> symlink(at, link);
      case ManifestRecord.Fifo fifo -> fifo(at, fifo);
      default -> throw new IllegalArgumentException("neither a link nor a pipe");
    };
  }

  private Resolution symlink(@Nullable FileHandle at, ManifestRecord.Symlink wanted)
      throws FileAccessException {
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

  private Resolution fifo(@Nullable FileHandle at, ManifestRecord.Fifo wanted)
      throws FileAccessException {
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
  Resolution link(
      @Nullable FileHandle at, byte[] name, @Nullable FileStatus first, FileTime modified)
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
  Resolution directory(@Nullable FileHandle at, ManifestRecord.Enter wanted)
      throws FileAccessException {
    byte[] name = wanted.name();
    FileStatus there = status(at, name);
    boolean same = there != null && there.type() == FileType.DIRECTORY;
    if (same && isSpeltSo(at, name)) {
      return Resolution.SAME;
    }
    Resolution resolution = decide(at, name, there, same, wanted.metadata().modified());
    // What is left alone here keeps everything below from being restored.
    return resolution == Resolution.LEAVE ? Resolution.BLOCKED : resolution;
  }

  /** Whether what is there under a name may be replaced, as far as its name says. */
  boolean mayReplace(FileHandle at, byte[] name) throws FileAccessException {
    return mode != OverwriteMode.REFUSE && isSpeltSo(at, name);
  }

  private boolean isSpeltSo(@Nullable FileHandle at, byte[] name) throws FileAccessException {
    return at != null && spellings.has(at, name);
  }

  private Resolution decide(
      @Nullable FileHandle at,
      byte[] name,
      @Nullable FileStatus there,
      boolean same,
      FileTime modified)
      throws FileAccessException {
    if (there == null) {
      return Resolution.ABSENT;
    }
    if (!isSpeltSo(at, name)) {
      // It has another name that is the same to this file system.
      return Resolution.BLOCKED;
    }
    boolean directory = there.type() == FileType.DIRECTORY;
    return switch (mode) {
      case REFUSE -> Resolution.BLOCKED;
      case NEVER -> same ? Resolution.SAME : Resolution.LEAVE;
      case ALWAYS -> directory ? Resolution.BLOCKED : Resolution.REPLACE;
      case IF_CHANGED -> same ? Resolution.SAME : replace(directory);
      case IF_NEWER -> {
        if (same) {
          yield Resolution.SAME;
        }
        yield there.modified().compareTo(modified) < 0 || directory
            ? replace(directory)
            : Resolution.LEAVE;
      }
    };
  }

  private static Resolution replace(boolean directory) {
    return directory ? Resolution.BLOCKED : Resolution.REPLACE;
  }

  private @Nullable FileStatus status(@Nullable FileHandle at, byte[] name)
      throws FileAccessException {
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

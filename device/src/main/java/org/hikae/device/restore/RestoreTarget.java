package org.hikae.device.restore;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.restore.ConflictCheck.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a restore writes into. Everything below it is reached by directory descriptors
 * that follow no links, so neither a manifest nor links in the target lead outside.
 */
final class RestoreTarget implements AutoCloseable {

  private final RawFiles files;
  private final FileHandle top;
  private final boolean made;
  private final ConflictCheck conflictCheck;
  private boolean namelessUnsupported;

  private RestoreTarget(RawFiles files, FileHandle top, boolean made, OverwriteMode policy) {
    this.files = files;
    this.top = top;
    this.made = made;
    this.conflictCheck = new ConflictCheck(files, policy);
  }

  /** Opens or makes the directory; refuses one with entries unless the policy allows them. */
  static RestoreTarget open(RawFiles files, RawPath path, OverwriteMode policy) throws IOException {
    FileHandle there = find(files, path, policy);
    if (there != null) {
      return new RestoreTarget(files, there, false, policy);
    }
    byte[] name = path.name(path.depth() - 1);
    try (FileHandle parent = files.openDirectoryFollowing(path.parent())) {
      files.makeDirectory(parent, name);
      return new RestoreTarget(files, files.openDirectory(parent, name), true, policy);
    }
  }

  /** Opens the directory as {@link #open} does; null when that would make it. */
  static @Nullable FileHandle find(RawFiles files, RawPath path, OverwriteMode policy)
      throws IOException {
    FileHandle top;
    try {
      top = files.openDirectoryFollowing(path);
    } catch (FileAccessException e) {
      if (!e.isMissing() || path.depth() == 0) {
        throw e;
      }
      files.openDirectoryFollowing(path.parent()).close();
      return null;
    }
    try {
      if (policy == OverwriteMode.REFUSE && !files.list(top).isEmpty()) {
        throw new DirectoryNotEmptyException(path.toString());
      }
      return top;
    } catch (IOException e) {
      top.close();
      throw e;
    }
  }

  FileHandle top() {
    return top;
  }

  /** What becomes of what is there already. */
  ConflictCheck inTheWay() {
    return conflictCheck;
  }

  /** Whether the directory itself was made, or what is there may be replaced. */
  boolean isOwn() {
    OverwriteMode policy = conflictCheck.policy();
    return made || (policy != OverwriteMode.NEVER && policy != OverwriteMode.REFUSE);
  }

  /** Opens a directory below, by its path from here, following no links. */
  FileHandle directory(RawPath below) throws FileAccessException {
    return directory(files, top, below);
  }

  /** The same below any open directory; may be {@code top} itself. */
  static FileHandle directory(RawFiles files, FileHandle top, RawPath below)
      throws FileAccessException {
    FileHandle at = top;
    for (int i = 0; i < below.depth(); i++) {
      FileHandle next;
      try {
        next = files.openDirectory(at, below.name(i));
      } finally {
        if (at != top) {
          at.close();
        }
      }
      at = next;
    }
    return at;
  }

  /** Closes what {@link #directory} opened. */
  void done(FileHandle directory) {
    if (directory != top) {
      directory.close();
    }
  }

  /** Makes or reuses a directory, as was decided. */
  FileHandle makeDirectory(FileHandle at, byte[] name, Resolution resolution)
      throws FileAccessException {
    if (resolution == Resolution.REPLACE) {
      files.remove(at, name);
    }
    if (resolution.writes()) {
      files.makeDirectory(at, name);
    }
    return files.openDirectory(at, name);
  }

  /** Begins a file, which gets its name when it is whole. */
  UnfinishedFile makeFile(FileHandle at, byte[] name) throws FileAccessException {
    if (!namelessUnsupported) {
      try {
        return UnfinishedFile.nameless(files, at, name);
      } catch (FileAccessException e) {
        if (!e.isUnsupported()) {
          throw e;
        }
        namelessUnsupported = true;
      }
    }
    return UnfinishedFile.passing(files, at, name);
  }

  /** Gives a file its name; its policy was asked before. */
  void giveName(UnfinishedFile file) throws FileAccessException {
    file.giveName(conflictCheck::mayReplace);
  }

  /** Makes any other entry; its policy was asked before. */
  void make(FileHandle at, byte[] name, Step step) throws FileAccessException {
    try {
      step.run();
    } catch (FileAccessException e) {
      if (!e.isExisting() || !conflictCheck.mayReplace(at, name)) {
        throw e;
      }
      try {
        files.remove(at, name);
      } catch (FileAccessException blocked) {
        // A directory is never replaced by something else.
        throw e;
      }
      step.run();
    }
  }

  /** Something that makes one entry. */
  @FunctionalInterface
  interface Step {
    /** Makes it, or sets something of it. */
    void run() throws FileAccessException;
  }

  @Override
  public void close() {
    top.close();
  }
}

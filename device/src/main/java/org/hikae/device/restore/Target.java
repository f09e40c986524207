package org.hikae.device.restore;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;

/**
 * The directory that a restore writes into. Everything below it is reached by directory descriptors
 * that follow no links, so neither a manifest nor links in the target lead outside.
 */
final class Target implements AutoCloseable {

  private final RawFiles files;
  private final Fd top;
  private final boolean overwrite;

  private Target(RawFiles files, Fd top, boolean overwrite) {
    this.files = files;
    this.top = top;
    this.overwrite = overwrite;
  }

  /** Opens or makes the directory; refuses one with entries unless they may be overwritten. */
  static Target open(RawFiles files, RawPath path, boolean overwrite) throws IOException {
    Fd top;
    try {
      top = files.openDirectoryFollowing(path);
    } catch (FileAccessException e) {
      if (!e.isMissing() || path.depth() == 0) {
        throw e;
      }
      byte[] name = path.name(path.depth() - 1);
      try (Fd parent = files.openDirectoryFollowing(path.parent())) {
        files.makeDirectory(parent, name);
        top = files.openDirectory(parent, name);
      }
    }
    try {
      if (!overwrite && !files.list(top).isEmpty()) {
        throw new DirectoryNotEmptyException(path.toString());
      }
    } catch (IOException e) {
      top.close();
      throw e;
    }
    return new Target(files, top, overwrite);
  }

  Fd top() {
    return top;
  }

  /** Opens a directory below, by its path from here, following no links. */
  Fd directory(RawPath below) throws FileAccessException {
    Fd at = top;
    for (int i = 0; i < below.depth(); i++) {
      Fd next;
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
  void done(Fd directory) {
    if (directory != top) {
      directory.close();
    }
  }

  /** Makes or reuses a directory. */
  Fd makeDirectory(Fd at, byte[] name) throws FileAccessException {
    create(at, name, () -> files.makeDirectory(at, name), true);
    return files.openDirectory(at, name);
  }

  /** Makes a file and opens it for writing. */
  Fd makeFile(Fd at, byte[] name) throws FileAccessException {
    Fd[] made = new Fd[1];
    create(at, name, () -> made[0] = files.createFile(at, name), false);
    return made[0];
  }

  /** Makes any other entry. */
  void make(Fd at, byte[] name, Step step) throws FileAccessException {
    create(at, name, step, false);
  }

  /** Something that makes one entry. */
  @FunctionalInterface
  interface Step {
    void run() throws FileAccessException;
  }

  private void create(Fd at, byte[] name, Step step, boolean directory) throws FileAccessException {
    try {
      step.run();
    } catch (FileAccessException e) {
      if (!e.isExisting() || !overwrite) {
        throw e;
      }
      if (directory && isDirectory(at, name)) {
        return;
      }
      try {
        files.remove(at, name);
      } catch (FileAccessException inTheWay) {
        // A directory is never replaced by something else.
        throw e;
      }
      step.run();
    }
  }

  private boolean isDirectory(Fd at, byte[] name) throws FileAccessException {
    return files.status(at, name).type() == org.hikae.device.files.FileType.DIRECTORY;
  }

  @Override
  public void close() {
    top.close();
  }
}

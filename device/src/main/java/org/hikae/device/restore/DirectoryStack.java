package org.hikae.device.restore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.jspecify.annotations.Nullable;

/** The directory of a target in which is being looked, and those above it, as far as they exist. */
final class DirectoryStack implements AutoCloseable {

  private final RawFiles files;
  private final @Nullable FileHandle top;
  private final Deque<Optional<FileHandle>> open = new ArrayDeque<>();

  /** {@code top} stays open; null when it is not there. */
  DirectoryStack(RawFiles files, @Nullable FileHandle top) {
    this.files = files;
    this.top = top;
  }

  /** Where is being looked; null where there is no directory. */
  @Nullable FileHandle current() {
    return open.isEmpty() ? top : open.element().orElse(null);
  }

  /** Goes into a directory of the current one. */
  void enter(byte[] name) {
    FileHandle at = current();
    FileHandle below = null;
    try {
      below = at == null ? null : files.openDirectory(at, name);
    } catch (FileAccessException e) {
      // Not there, or no directory: nothing of what is below is there.
    }
    open.push(Optional.ofNullable(below));
  }

  /** Goes into a directory by its path from the top. */
  void enter(RawPath path) {
    FileHandle at = top;
    try {
      at = top == null ? null : RestoreTarget.directory(files, top, path);
    } catch (FileAccessException e) {
      at = null;
    }
    open.push(Optional.ofNullable(at));
  }

  /** Goes back to where was looked before. */
  void leave() {
    if (!open.isEmpty()) {
      close(open.pop());
    }
  }

  private void close(Optional<FileHandle> directory) {
    directory.filter(fileHandle -> fileHandle != top).ifPresent(FileHandle::close);
  }

  @Override
  public void close() {
    open.forEach(this::close);
    open.clear();
  }
}

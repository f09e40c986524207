package org.hikae.device.backup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.hikae.device.backup.pack.UninterruptibleJoin;
import org.hikae.device.exclude.DirectoryExcludes;
import org.hikae.device.exclude.IgnoreFiles;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileType;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.run.ProgressListener;

/**
 * Counts files and bytes in a thread of its own while a run is under way, for the progress bar;
 * what cannot be read counts nothing.
 */
final class TotalsScan implements AutoCloseable {

  private static final Iterator<byte[]> NO_NAMES = List.<byte[]>of().iterator();

  private final BackupRequest request;
  private final ProgressListener progress;
  private final Thread thread;
  private final Deque<Frame> open = new ArrayDeque<>();
  private volatile boolean stopped;
  private long count;
  private long bytes;

  private record Frame(
      FileHandle fd, RawPath path, Iterator<byte[]> names, DirectoryExcludes scope, long device) {}

  private TotalsScan(BackupRequest request, List<RawPath> paths, ProgressListener progress) {
    this.request = request;
    this.progress = progress;
    this.thread = Thread.ofPlatform().daemon().name("hikae-totals").unstarted(() -> scan(paths));
  }

  /** Begins to count; the progress is told at the end of it, unless this is closed before. */
  static TotalsScan start(BackupRequest request, List<RawPath> paths, ProgressListener progress) {
    TotalsScan scan = new TotalsScan(request, paths, progress);
    scan.thread.start();
    return scan;
  }

  private void scan(List<RawPath> paths) {
    try (RawFiles files = RawFiles.open()) {
      try {
        for (RawPath path : paths) {
          boolean nested = paths.stream().anyMatch(p -> !p.equals(path) && p.contains(path));
          if (!nested) {
            count(files, path);
          }
        }
      } finally {
        open.forEach(frame -> frame.fd().close());
      }
    }
    if (!stopped) {
      progress.totals(count, bytes);
    }
  }

  private void count(RawFiles files, RawPath path) {
    IgnoreFiles own = new IgnoreFiles(files, request.excludes(), warning -> {});
    DirectoryExcludes directoryExcludes = request.excludes().top();
    try (FileHandle parent = files.openDirectoryFollowing(path.parent())) {
      for (int i = 0; i < path.depth() - 1; i++) {
        directoryExcludes = directoryExcludes.enter(path.name(i));
      }
      if (path.depth() == 0) {
        directory(files, own, files.openRoot(), path, directoryExcludes, true);
      } else {
        entry(files, own, new Frame(parent, path.parent(), NO_NAMES, directoryExcludes, -1), path);
      }
      while (!open.isEmpty() && !stopped) {
        Frame frame = open.element();
        if (frame.names().hasNext()) {
          RawPath child = frame.path().child(frame.names().next());
          entry(files, own, frame, child);
        } else {
          open.pop().fd().close();
        }
      }
    } catch (FileAccessException e) {
      // The walk itself tells.
    }
  }

  private void entry(RawFiles files, IgnoreFiles own, Frame at, RawPath path) {
    byte[] name = path.name(path.depth() - 1);
    boolean named = at.device() == -1;
    try {
      FileStatus status = files.status(at.fd(), name);
      boolean directory = status.type() == FileType.DIRECTORY;
      if (!named && at.scope().leavesOut(name, directory)) {
        return;
      }
      if (status.type() == FileType.REGULAR) {
        count++;
        bytes += status.size();
      }
      boolean stays = !request.oneFileSystem() || named || at.device() == status.device();
      if (directory && stays && path.depth() <= TreeWalk.MAX_DEPTH) {
        FileHandle fileHandle = files.openDirectory(at.fd(), name);
        directory(files, own, fileHandle, path, at.scope().enter(name), named);
      }
    } catch (FileAccessException e) {
      // The walk itself tells.
    }
  }

  private void directory(
      RawFiles files,
      IgnoreFiles own,
      FileHandle fileHandle,
      RawPath path,
      DirectoryExcludes above,
      boolean named)
      throws FileAccessException {
    // Closed at the end even when it cannot be listed.
    open.push(new Frame(fileHandle, path, NO_NAMES, above, 0));
    List<byte[]> names = files.list(fileHandle);
    DirectoryExcludes directoryExcludes = own.ignoring(fileHandle, path, names, above);
    List<byte[]> counted = named || !own.isCache(fileHandle, names) ? names : List.of();
    open.pop();
    open.push(
        new Frame(
            fileHandle,
            path,
            counted.iterator(),
            directoryExcludes,
            files.status(fileHandle).device()));
  }

  /** Ends the scan if it is still under way. */
  @Override
  public void close() {
    stopped = true;
    UninterruptibleJoin.awaitEnd(List.of(thread));
  }
}

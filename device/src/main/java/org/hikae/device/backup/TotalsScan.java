package org.hikae.device.backup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileType;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;

/**
 * Counts files and bytes in a thread of its own while a run is under way, for the progress bar;
 * what cannot be read counts nothing.
 */
final class TotalsScan implements AutoCloseable {

  private final BackupRequest request;
  private final Progress progress;
  private final Thread thread;
  private final Deque<Frame> open = new ArrayDeque<>();
  private volatile boolean stopped;
  private long count;
  private long bytes;

  private record Frame(Fd fd, RawPath path, Iterator<byte[]> names, long device) {}

  private TotalsScan(BackupRequest request, List<RawPath> paths, Progress progress) {
    this.request = request;
    this.progress = progress;
    this.thread = Thread.ofPlatform().daemon().name("hikae-totals").unstarted(() -> scan(paths));
  }

  /** Begins to count; the progress is told at the end of it, unless this is closed before. */
  static TotalsScan start(BackupRequest request, List<RawPath> paths, Progress progress) {
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
    try (Fd parent = files.openDirectoryFollowing(path.parent())) {
      if (path.depth() == 0) {
        Fd top = files.openRoot();
        open.push(new Frame(top, path, files.list(top).iterator(), files.status(top).device()));
      } else {
        entry(files, new Frame(parent, path.parent(), List.<byte[]>of().iterator(), -1), path);
      }
      while (!open.isEmpty() && !stopped) {
        Frame frame = open.element();
        if (frame.names().hasNext()) {
          RawPath child = frame.path().child(frame.names().next());
          if (!request.excludes().excludes(child)) {
            entry(files, frame, child);
          }
        } else {
          open.pop().fd().close();
        }
      }
    } catch (FileAccessException e) {
      // The walk itself tells.
    }
  }

  private void entry(RawFiles files, Frame at, RawPath path) {
    byte[] name = path.name(path.depth() - 1);
    try {
      FileStatus status = files.status(at.fd(), name);
      if (status.type() == FileType.REGULAR) {
        count++;
        bytes += status.size();
      }
      boolean stays =
          !request.oneFileSystem() || at.device() == -1 || at.device() == status.device();
      if (status.type() == FileType.DIRECTORY && stays && path.depth() <= TreeWalk.MAX_DEPTH) {
        Fd fd = files.openDirectory(at.fd(), name);
        open.push(new Frame(fd, path, List.<byte[]>of().iterator(), status.device()));
        List<byte[]> names = files.list(fd);
        open.pop();
        open.push(new Frame(fd, path, names.iterator(), status.device()));
      }
    } catch (FileAccessException e) {
      // The walk itself tells.
    }
  }

  /** Ends the scan if it is still under way. */
  @Override
  public void close() {
    stopped = true;
    Threads.awaitEnd(List.of(thread));
  }
}

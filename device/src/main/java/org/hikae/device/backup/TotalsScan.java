package org.hikae.device.backup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileType;
import org.hikae.device.files.LinuxFiles;
import org.hikae.device.files.RawPath;

/**
 * RunCounts files and bytes beforehand, for the progress bar; what cannot be read counts nothing.
 */
final class TotalsScan {

  private final Run run;
  private final LinuxFiles files;
  private final BackupRequest request;
  private final Deque<Frame> open = new ArrayDeque<>();
  private long count;
  private long bytes;

  private record Frame(Fd fd, RawPath path, Iterator<byte[]> names, long device) {}

  TotalsScan(Run run, LinuxFiles files, BackupRequest request) {
    this.run = run;
    this.files = files;
    this.request = request;
  }

  /** Tells the progress how much there is below the paths. */
  void tell(List<RawPath> paths) {
    try {
      for (RawPath path : paths) {
        boolean nested = paths.stream().anyMatch(p -> !p.equals(path) && p.contains(path));
        if (!nested) {
          count(path);
        }
      }
    } finally {
      open.forEach(frame -> frame.fd().close());
    }
    run.progress().totals(count, bytes);
  }

  private void count(RawPath path) {
    try (Fd parent = files.openDirectoryFollowing(path.parent())) {
      if (path.depth() == 0) {
        Fd top = files.openRoot();
        open.push(new Frame(top, path, files.list(top).iterator(), files.status(top).device()));
      } else {
        entry(new Frame(parent, path.parent(), List.<byte[]>of().iterator(), -1), path);
      }
      while (!open.isEmpty()) {
        run.checkCancelled();
        Frame frame = open.element();
        if (frame.names().hasNext()) {
          RawPath child = frame.path().child(frame.names().next());
          if (!request.excludes().excludes(child)) {
            entry(frame, child);
          }
        } else {
          open.pop().fd().close();
        }
      }
    } catch (FileAccessException e) {
      // The walk itself tells.
    }
  }

  private void entry(Frame at, RawPath path) {
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
}

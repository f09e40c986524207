package org.hikae.device.backup;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.hikae.device.backup.pack.Run;
import org.hikae.device.exclude.OwnRules;
import org.hikae.device.exclude.Scope;
import org.hikae.device.files.Attributes;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileType;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.Metadata;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.run.Progress.Kind;
import org.hikae.device.run.Progress.Warning;
import org.hikae.device.run.RunCounts;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Walks the file system in the order of the manifest and writes it. A directory is held open while
 * its entries are looked at, so that renaming above it cannot lead the walk elsewhere.
 */
final class TreeWalk {

  /** Deepest directory that is gone into. */
  static final int MAX_DEPTH = 2000;

  private final Run run;
  private final RawFiles files;
  private final Attributes attributes;
  private final BackupRequest request;
  private final WalkRecords out;
  private final @Nullable PreviousTree previous;
  private final RegularFiles regularFiles;
  private final OwnRules ownRules;
  private final RunCounts counts;
  private final Deque<Frame> open = new ArrayDeque<>();

  TreeWalk(
      Run run,
      RawFiles files,
      BackupRequest request,
      WalkRecords out,
      @Nullable PreviousTree previous,
      RegularFiles regularFiles,
      RunCounts counts) {
    this.run = run;
    this.files = files;
    this.attributes = files.attributes();
    this.request = request;
    this.out = out;
    this.previous = previous;
    this.regularFiles = regularFiles;
    this.counts = counts;
    this.ownRules = new OwnRules(files, request.excludes(), run.progress()::warning);
  }

  /**
   * A directory being gone through.
   *
   * @param plan what of it is wanted; null for everything
   * @param scope the patterns as they stand here
   * @param device its file system
   * @param inPrevious whether the previous manifest stands in the same directory
   */
  private record Frame(
      Fd fd,
      RawPath path,
      Iterator<byte[]> names,
      @Nullable PathPlan plan,
      Scope scope,
      long device,
      boolean inPrevious) {}

  /** Walks everything that is wanted. */
  void walk(PathPlan plan) throws IOException, StoreException, DamagedException {
    try {
      Fd top = files.openRoot();
      FileStatus status = files.status(top);
      Seen root = new Seen(top, new byte[0], RawPath.ROOT, status);
      enter(root, plan, request.excludes().top(), previous != null);
      while (!open.isEmpty()) {
        Frame frame = open.element();
        run.checkCancelled();
        if (frame.names().hasNext()) {
          entry(frame, frame.names().next());
        } else {
          leave(open.pop());
        }
      }
      out.end();
    } finally {
      open.forEach(frame -> frame.fd().close());
    }
  }

  private void entry(Frame at, byte[] name) throws IOException, StoreException, DamagedException {
    RawPath path = at.path().child(name);
    PathPlan plan = at.plan() == null ? null : at.plan().child(name);
    boolean onTheWay = plan != null && !plan.isWhole();
    // What is named for backup is never left out.
    boolean asFile = plan == null && at.scope().leavesOut(name, false);
    if (asFile && at.scope().leavesOut(name, true)) {
      counts.leftOut(1);
      return;
    }
    FileStatus status;
    try {
      status = files.status(at.fd(), name);
    } catch (FileAccessException e) {
      if (!e.isMissing() || plan != null) {
        failed(path, e);
      }
      return;
    }
    boolean directory = status.type() == FileType.DIRECTORY;
    if (directory ? plan == null && at.scope().leavesOut(name, true) : asFile) {
      counts.leftOut(1);
      return;
    }
    if (onTheWay && !directory) {
      // It was a directory when the paths were looked up.
      counts.failed();
      run.progress().warning(new Warning(path, Kind.UNREADABLE, "no longer a directory"));
      return;
    }
    TreeRecord.Entry before = previous != null && at.inPrevious() ? previous.seek(name) : null;
    switch (status.type()) {
      case DIRECTORY -> directory(at, name, path, status, plan, before);
      case REGULAR -> regularFiles.file(at.fd(), name, path, status, before);
      case SYMLINK -> symlink(at, name, path, status);
      case FIFO -> {
        out.record(new TreeRecord.Fifo(name, metadata(at.fd(), name, path, status)));
        counts.other();
      }
      default -> {
        counts.skipped();
        run.progress().warning(new Warning(path, Kind.SKIPPED_SPECIAL, ""));
      }
    }
  }

  private void directory(
      Frame at,
      byte[] name,
      RawPath path,
      FileStatus status,
      @Nullable PathPlan plan,
      TreeRecord.@Nullable Entry before)
      throws IOException, StoreException, DamagedException {
    if (request.oneFileSystem() && plan == null && status.device() != at.device()) {
      counts.skipped();
      run.progress().warning(new Warning(path, Kind.SKIPPED_FILE_SYSTEM, ""));
      return;
    }
    if (path.depth() > MAX_DEPTH) {
      counts.failed();
      run.progress().warning(new Warning(path, Kind.UNREADABLE, "too deep"));
      return;
    }
    Fd fd;
    try {
      fd = files.openDirectory(at.fd(), name);
    } catch (FileAccessException e) {
      failed(path, e);
      return;
    }
    FileStatus opened;
    try {
      opened = files.status(fd);
    } catch (FileAccessException e) {
      fd.close();
      throw e;
    }
    Seen directory = new Seen(fd, name, path, opened);
    enter(directory, plan, at.scope().enter(name), before instanceof TreeRecord.Enter);
  }

  /** A directory that was opened. */
  private record Seen(Fd fd, byte[] name, RawPath path, FileStatus status) {}

  private void enter(Seen directory, @Nullable PathPlan plan, Scope above, boolean inPrevious)
      throws IOException, StoreException, DamagedException {
    PathPlan partial = plan == null || plan.isWhole() ? null : plan;
    List<byte[]> names;
    Fd fd = directory.fd();
    RawPath path = directory.path();
    Metadata metadata = metadata(fd, new byte[0], path, directory.status());
    try {
      names = partial == null ? files.list(fd) : partial.names();
    } catch (FileAccessException e) {
      failed(path, e);
      names = List.of();
    }
    Scope scope = above;
    if (partial == null) {
      scope = ownRules.ignoring(fd, path, names, above);
      // A directory that is named for backup is wanted whatever its tag says.
      if (plan == null && ownRules.isCache(fd, names)) {
        counts.leftOut(names.size() - 1L);
        names = List.of(OwnRules.CACHE_TAG);
      }
    }
    out.record(new TreeRecord.Enter(directory.name(), metadata, partial != null));
    if (inPrevious && previous != null) {
      previous.descend();
    }
    if (partial == null) {
      counts.directory();
    }
    long device = directory.status().device();
    open.push(new Frame(fd, path, names.iterator(), partial, scope, device, inPrevious));
  }

  private void leave(Frame frame) throws IOException, StoreException, DamagedException {
    frame.fd().close();
    out.record(new TreeRecord.Leave());
    if (frame.inPrevious() && previous != null) {
      previous.ascend();
    }
  }

  private void symlink(Frame at, byte[] name, RawPath path, FileStatus status)
      throws IOException, StoreException {
    byte[] target;
    try {
      target = files.readLink(at.fd(), name);
    } catch (FileAccessException e) {
      failed(path, e);
      return;
    }
    Metadata metadata = metadata(at.fd(), name, path, status);
    out.record(new TreeRecord.Symlink(name, metadata, target));
    counts.other();
  }

  private Metadata metadata(Fd at, byte[] name, RawPath path, FileStatus status) {
    return metadata(run, attributes, counts, new Place(at, name, path), status);
  }

  /** An entry by its directory and name, and its path for people. */
  record Place(Fd at, byte[] name, RawPath path) {}

  static Metadata metadata(
      Run run, Attributes attributes, RunCounts counts, Place place, FileStatus status) {
    try {
      return Metadata.of(status, attributes.read(place.at(), place.name()));
    } catch (FileAccessException e) {
      if (!e.isMissing()) {
        counts.failed();
        run.progress().warning(new Warning(place.path(), Kind.ATTRIBUTES_UNREADABLE, e.reason()));
      }
      return Metadata.of(status, List.of());
    }
  }

  private void failed(RawPath path, FileAccessException e) {
    counts.failed();
    run.progress().warning(new Warning(path, Kind.UNREADABLE, e.reason()));
  }

  static boolean isRegular(FileStatus status) {
    return status.type() == FileType.REGULAR;
  }
}

package org.hikae.device.backup;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.hikae.device.backup.pack.RunContext;
import org.hikae.device.exclude.DirectoryExcludes;
import org.hikae.device.exclude.IgnoreFiles;
import org.hikae.device.files.ExtendedAttributes;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileType;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.run.ProgressListener.Warning;
import org.hikae.device.run.ProgressListener.WarningKind;
import org.hikae.device.run.RunCounter;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Walks the file system in the order of the manifest and writes it. A directory is held open while
 * its entries are looked at, so that renaming above it cannot lead the walk elsewhere.
 */
final class TreeWalk {

  /** Deepest directory that is gone into. */
  static final int MAX_DEPTH = 2000;

  private final RunContext run;
  private final RawFiles files;
  private final ExtendedAttributes attributes;
  private final BackupRequest request;
  private final WalkRecordSink out;
  private final @Nullable PreviousManifest previous;
  private final RegularFileHandler regularFiles;
  private final IgnoreFiles ignoreFiles;
  private final RunCounter counts;
  private final Deque<Frame> open = new ArrayDeque<>();

  TreeWalk(
      RunContext run,
      RawFiles files,
      BackupRequest request,
      WalkRecordSink out,
      @Nullable PreviousManifest previous,
      RegularFileHandler regularFiles,
      RunCounter counts) {
    this.run = run;
    this.files = files;
    this.attributes = files.attributes();
    this.request = request;
    this.out = out;
    this.previous = previous;
    this.regularFiles = regularFiles;
    this.counts = counts;
    this.ignoreFiles = new IgnoreFiles(files, request.excludes(), run.progress()::warning);
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
      FileHandle fd,
      RawPath path,
      Iterator<byte[]> names,
      @Nullable RequestedPaths plan,
      DirectoryExcludes scope,
      long device,
      boolean inPrevious) {}

  /** Walks everything that is wanted. */
  void walk(RequestedPaths plan) throws IOException, BackupStoreException, DamagedDataException {
    try {
      FileHandle top = files.openRoot();
      FileStatus status = files.status(top);
      OpenedDirectory root = new OpenedDirectory(top, new byte[0], RawPath.ROOT, status);
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

  private void entry(Frame at, byte[] name)
      throws IOException, BackupStoreException, DamagedDataException {
    EntryLocation place = new EntryLocation(at.fd(), at.path(), name);
    RequestedPaths plan = at.plan() == null ? null : at.plan().child(name);
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
        failed(place.path(), e);
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
      run.progress()
          .warning(new Warning(place.path(), WarningKind.UNREADABLE, "no longer a directory"));
      return;
    }
    ManifestRecord.Entry before = previous != null && at.inPrevious() ? previous.seek(name) : null;
    switch (status.type()) {
      case DIRECTORY -> directory(at, place, status, plan, before);
      case REGULAR -> regularFiles.file(place, status, before);
      case SYMLINK -> symlink(place, status);
      case FIFO -> {
        out.record(new ManifestRecord.Fifo(name, metadata(place, status)));
        counts.other();
      }
      default -> {
        counts.skipped();
        run.progress().warning(new Warning(place.path(), WarningKind.SKIPPED_SPECIAL, ""));
      }
    }
  }

  private void directory(
      Frame at,
      EntryLocation place,
      FileStatus status,
      @Nullable RequestedPaths plan,
      ManifestRecord.@Nullable Entry before)
      throws IOException, BackupStoreException, DamagedDataException {
    byte[] name = place.name();
    RawPath path = place.path();
    if (request.oneFileSystem() && plan == null && status.device() != at.device()) {
      counts.skipped();
      run.progress().warning(new Warning(path, WarningKind.SKIPPED_FILE_SYSTEM, ""));
      return;
    }
    if (path.depth() > MAX_DEPTH) {
      counts.failed();
      run.progress().warning(new Warning(path, WarningKind.UNREADABLE, "too deep"));
      return;
    }
    FileHandle fileHandle;
    try {
      fileHandle = files.openDirectory(at.fd(), name);
    } catch (FileAccessException e) {
      failed(path, e);
      return;
    }
    FileStatus opened;
    try {
      opened = files.status(fileHandle);
    } catch (FileAccessException e) {
      fileHandle.close();
      throw e;
    }
    OpenedDirectory directory = new OpenedDirectory(fileHandle, name, path, opened);
    enter(directory, plan, at.scope().enter(name), before instanceof ManifestRecord.Enter);
  }

  /** A directory that was opened. */
  private record OpenedDirectory(FileHandle fd, byte[] name, RawPath path, FileStatus status) {}

  private void enter(
      OpenedDirectory directory,
      @Nullable RequestedPaths plan,
      DirectoryExcludes above,
      boolean inPrevious)
      throws IOException, BackupStoreException, DamagedDataException {
    RequestedPaths partial = plan == null || plan.isWhole() ? null : plan;
    List<byte[]> names;
    FileHandle fileHandle = directory.fd();
    RawPath path = directory.path();
    EntryMetadata metadata = metadata(EntryLocation.of(fileHandle, path), directory.status());
    try {
      names = partial == null ? files.list(fileHandle) : partial.names();
    } catch (FileAccessException e) {
      failed(path, e);
      names = List.of();
    }
    DirectoryExcludes directoryExcludes = above;
    if (partial == null) {
      directoryExcludes = ignoreFiles.ignoring(fileHandle, path, names, above);
      // A directory that is named for backup is wanted whatever its tag says.
      if (plan == null && ignoreFiles.isCache(fileHandle, names)) {
        counts.leftOut(names.size() - 1L);
        names = List.of(IgnoreFiles.CACHE_TAG);
      }
    }
    out.record(new ManifestRecord.Enter(directory.name(), metadata, partial != null));
    if (inPrevious && previous != null) {
      previous.descend();
    }
    if (partial == null) {
      counts.directory();
    }
    long device = directory.status().device();
    open.push(
        new Frame(
            fileHandle, path, names.iterator(), partial, directoryExcludes, device, inPrevious));
  }

  private void leave(Frame frame) throws IOException, BackupStoreException, DamagedDataException {
    frame.fd().close();
    out.record(new ManifestRecord.Leave());
    if (frame.inPrevious() && previous != null) {
      previous.ascend();
    }
  }

  private void symlink(EntryLocation place, FileStatus status)
      throws IOException, BackupStoreException {
    byte[] target;
    try {
      target = files.readLink(place.at(), place.name());
    } catch (FileAccessException e) {
      failed(place.path(), e);
      return;
    }
    EntryMetadata metadata = metadata(place, status);
    out.record(new ManifestRecord.Symlink(place.name(), metadata, target));
    counts.other();
  }

  private EntryMetadata metadata(EntryLocation place, FileStatus status) {
    return metadata(run, attributes, counts, place, status);
  }

  /**
   * What the file system says now. Where attributes cannot be read, the next run finds the entry
   * changed, and tries again.
   */
  static EntryMetadata metadata(
      RunContext run,
      ExtendedAttributes attributes,
      RunCounter counts,
      EntryLocation place,
      FileStatus status) {
    try {
      return EntryMetadata.of(status, attributes.read(place.at(), place.name()));
    } catch (FileAccessException e) {
      if (!e.isMissing()) {
        counts.failed();
        run.progress()
            .warning(new Warning(place.path(), WarningKind.ATTRIBUTES_UNREADABLE, e.reason()));
      }
      return EntryMetadata.of(status, List.of()).foundChanged();
    }
  }

  private void failed(RawPath path, FileAccessException e) {
    counts.failed();
    run.progress().warning(new Warning(path, WarningKind.UNREADABLE, e.reason()));
  }

  static boolean isRegular(FileStatus status) {
    return status.type() == FileType.REGULAR;
  }
}

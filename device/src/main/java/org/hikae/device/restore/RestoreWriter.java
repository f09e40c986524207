package org.hikae.device.restore;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.restore.ConflictCheck.Resolution;
import org.hikae.device.restore.RestoredFileWriter.FileOutcome;
import org.hikae.device.restore.fetch.ChunkPipeline;
import org.hikae.device.restore.fetch.ManifestPass;
import org.hikae.device.restore.fetch.ManifestReadAhead;
import org.hikae.device.restore.fetch.RecordSource;
import org.hikae.device.restore.fetch.RestoreReport;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries below the target. A directory gets its own mode and time when it is left, so that
 * a read-only one can be filled.
 */
final class RestoreWriter implements RestoreSink<ManifestReadAhead> {

  private final RawFiles files;
  private final RestoreTarget target;
  private final ChunkPipeline chunks;
  private final RestoreReport restoreReport;
  private final RestoredFileWriter restoredFileWriter;
  private final MetadataWriter metadata;
  private final Deque<Frame> open = new ArrayDeque<>();

  RestoreWriter(
      RawFiles files,
      RestoreTarget target,
      ChunkPipeline chunks,
      RestoreReport restoreReport,
      RestoredFileWriter restoredFileWriter) {
    this.files = files;
    this.target = target;
    this.chunks = chunks;
    this.restoreReport = restoreReport;
    this.restoredFileWriter = restoredFileWriter;
    this.metadata = new MetadataWriter(files);
  }

  /**
   * A directory being filled.
   *
   * @param path from the target
   * @param metadata to set at the end; null for one that keeps its own
   * @param modified its time to set again at the end; null for one that is filled the first time
   * @param newFileDefaults what new files get here
   */
  private record Frame(
      FileHandle fd,
      RawPath path,
      @Nullable EntryMetadata metadata,
      @Nullable FileTime modified,
      NewFileDefaults newFileDefaults) {

    Frame(FileHandle fd, RawPath path, @Nullable EntryMetadata metadata) {
      this(fd, path, metadata, null, new NewFileDefaults());
    }
  }

  @Override
  public void checkCancelled() {
    restoreReport.checkCancelled();
  }

  @Override
  public ManifestReadAhead read(RecordSource records, @Nullable ManifestPass pass) {
    return new ManifestReadAhead(records, chunks, pass);
  }

  @Override
  public FileHandle directory() {
    return open.isEmpty() ? target.top() : open.element().fd();
  }

  @Override
  public void enterTarget(@Nullable EntryMetadata own) {
    open.push(new Frame(target.top(), RawPath.ROOT, target.isOwn() ? own : null));
  }

  @Override
  public void enter(RawPath path, ManifestRecord.Enter directory, Resolution resolution)
      throws FileAccessException {
    FileHandle fd = target.makeDirectory(directory(), directory.name(), resolution);
    // One that is only the way and was there before is somebody's whom the backup is not about.
    boolean replaced = target.inTheWay().policy() != OverwriteMode.NEVER && !directory.partial();
    boolean own = resolution.writes() || replaced;
    open.push(new Frame(fd, path, own ? directory.metadata() : null));
    restoreReport.counts().directory();
  }

  @Override
  public void enterAgain(RawPath path) throws FileAccessException {
    FileHandle fd = target.directory(path);
    FileTime modified;
    try {
      modified = files.status(fd).modified();
    } catch (FileAccessException e) {
      target.done(fd);
      throw e;
    }
    open.push(new Frame(fd, path, null, modified, new NewFileDefaults()));
  }

  @Override
  public void leave() {
    Frame frame = open.pop();
    EntryMetadata own = frame.metadata();
    FileTime modified = frame.modified();
    if (own != null) {
      restoreReport.metadata(frame.path(), metadata.directory(frame.fd(), own));
    } else if (modified != null) {
      restoreReport.metadata(frame.path(), metadata.time(frame.fd(), modified));
    }
    target.done(frame.fd());
  }

  @Override
  public FileOutcome file(
      RawPath path, ManifestRecord.FileStart file, Resolution resolution, ManifestReadAhead records)
      throws IOException, BackupStoreException, DamagedDataException {
    NewFileDefaults newFileDefaults = open.element().newFileDefaults();
    return restoredFileWriter.restore(directory(), path, file, records, newFileDefaults);
  }

  @Override
  public void link(RawPath path, RawPath first, Resolution resolution) throws FileAccessException {
    FileHandle from = target.directory(first.parent());
    try {
      FileHandle at = directory();
      byte[] oldName = first.name(first.depth() - 1);
      byte[] name = path.name(path.depth() - 1);
      target.make(at, name, () -> files.link(from, oldName, at, name));
      restoreReport.counts().other();
    } finally {
      target.done(from);
    }
  }

  @Override
  public void other(RawPath path, ManifestRecord.Entry entry, Resolution resolution)
      throws FileAccessException {
    FileHandle at = directory();
    byte[] name = entry.name();
    String failure;
    if (entry instanceof ManifestRecord.Symlink link) {
      target.make(at, name, () -> files.symlink(link.target(), at, name));
      failure = metadata.symlink(at, name, link.metadata());
    } else if (entry instanceof ManifestRecord.Fifo fifo) {
      target.make(at, name, () -> files.makeFifo(at, name));
      failure = metadata.pipe(at, name, fifo.metadata());
    } else {
      throw new IllegalArgumentException("neither a link nor a pipe");
    }
    restoreReport.counts().other();
    restoreReport.metadata(path, failure);
  }

  @Override
  public void leaveAlone(RawPath path, ListedEntry.Type type, Resolution resolution, long size)
      throws FileAccessException {
    if (resolution == Resolution.BLOCKED) {
      restoreReport.blocked(path);
    } else if (type == ListedEntry.Type.FILE) {
      restoreReport.counts().file(size, true);
    } else {
      restoreReport.counts().other();
    }
  }

  @Override
  public void unwritable(RawPath path, ListedEntry.Type type, FileAccessException e)
      throws FileAccessException {
    restoreReport.unwritable(path, e);
  }

  @Override
  public void notLinked(RawPath path, boolean damaged) {
    restoreReport.notLinked(path, damaged);
  }
}

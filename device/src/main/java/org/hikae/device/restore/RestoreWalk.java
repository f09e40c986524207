package org.hikae.device.restore;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hikae.device.browse.ManifestSelection;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.restore.ConflictCheck.Resolution;
import org.hikae.device.restore.RestoredFileWriter.FileOutcome;
import org.hikae.device.restore.fetch.ChunkPipeline;
import org.hikae.device.restore.fetch.ManifestReadAhead;
import org.hikae.device.restore.fetch.RestoreReport;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the selected part of a snapshot below the target, in one pass over the manifest. A
 * directory gets its own mode and time when it is left, so that a read-only one can be filled.
 */
final class RestoreWalk {

  private final OpenedSnapshot snapshot;
  private final ChunkPipeline chunks;
  private final RawFiles files;
  private final RestoreTarget target;
  private final RestoreReport restoreReport;
  private final RestoredFileWriter restoredFileWriter;
  private final HardLinkRestorer links;
  private final MetadataWriter metadata;
  private final Deque<Frame> open = new ArrayDeque<>();

  RestoreWalk(
      OpenedSnapshot snapshot,
      ChunkPipeline chunks,
      RawFiles files,
      RestoreTarget target,
      RestoreReport restoreReport,
      RestoredFileWriter restoredFileWriter,
      HardLinkRestorer links) {
    this.snapshot = snapshot;
    this.chunks = chunks;
    this.files = files;
    this.target = target;
    this.restoreReport = restoreReport;
    this.restoredFileWriter = restoredFileWriter;
    this.links = links;
    this.metadata = new MetadataWriter(files);
  }

  /**
   * A directory being filled.
   *
   * @param path from the target
   * @param metadata to set at the end; null for the target of a whole snapshot
   * @param births what new files get here
   */
  private record Frame(
      FileHandle fd, RawPath path, @Nullable EntryMetadata metadata, NewFileDefaults births) {

    Frame(FileHandle fileHandle, RawPath path, @Nullable EntryMetadata metadata) {
      this(fileHandle, path, metadata, new NewFileDefaults());
    }
  }

  /** Restores everything at and below the selection; false when there is no such entry. */
  boolean walk(RawPath selection) throws IOException, BackupStoreException, DamagedDataException {
    ManifestSelection selected = new ManifestSelection(snapshot.tree(), selection);
    try (SkipFilter left = new SkipFilter(files, target.inTheWay(), selected::next, target.top())) {
      // Whoever replaces everything need not look.
      ManifestReadAhead.Source source = target.inTheWay().looks() ? left::next : selected::next;
      walk(selection, new ManifestReadAhead(source, chunks, false), left);
    }
    return selected.found();
  }

  private void walk(RawPath selection, ManifestReadAhead tree, SkipFilter left)
      throws IOException, BackupStoreException, DamagedDataException {
    try {
      ManifestRecord record = tree.next();
      if (record instanceof ManifestRecord.Enter top) {
        EntryMetadata own = selection.depth() > 0 && target.isOwn() ? top.metadata() : null;
        open.push(new Frame(target.top(), RawPath.ROOT, own));
        record = tree.next();
      } else {
        open.push(new Frame(target.top(), RawPath.ROOT, null));
      }
      while (record != null) {
        restoreReport.checkCancelled();
        accept(record, tree, left);
        record = tree.next();
      }
    } finally {
      while (!open.isEmpty()) {
        leave();
      }
    }
  }

  private void accept(ManifestRecord record, ManifestReadAhead tree, SkipFilter left)
      throws IOException, BackupStoreException, DamagedDataException {
    Frame at = open.element();
    switch (record) {
      case ManifestRecord.Enter e -> enter(at, e, tree, left);
      case ManifestRecord.Leave l -> leave();
      case ManifestRecord.FileStart f -> file(at, f, tree, left);
      case ManifestRecord.HardLink h -> links.later(at.fd(), at.path().child(h.name()), h);
      case ManifestRecord.Symlink s -> symlink(at, s);
      case ManifestRecord.Fifo f -> fifo(at, f);
      default -> throw new DamagedDataException("The manifest has contents without a file.");
    }
  }

  private void enter(
      Frame at, ManifestRecord.Enter directory, ManifestReadAhead tree, SkipFilter left)
      throws IOException, BackupStoreException, DamagedDataException {
    RawPath path = at.path().child(directory.name());
    try {
      RestoreTarget.TargetDirectory made = target.makeDirectory(at.fd(), directory);
      // One that is only the way and was there before is somebody's whom the backup is not about.
      boolean replaced = target.inTheWay().policy() != OverwriteMode.NEVER && !directory.partial();
      boolean own = made.fresh() || replaced;
      open.push(new Frame(made.fd(), path, own ? directory.metadata() : null));
      restoreReport.counts().directory();
    } catch (FileAccessException e) {
      restoreReport.unwritable(path, e);
      skip(tree, left);
    }
  }

  /** Passes over the rest of a directory that could not be made. */
  private static void skip(ManifestReadAhead tree, SkipFilter left)
      throws BackupStoreException, DamagedDataException {
    tree.passing(true);
    int depth = 1;
    while (depth > 0) {
      ManifestRecord record = tree.next();
      if (record == null || record instanceof ManifestRecord.Leave) {
        depth--;
      } else if (record instanceof ManifestRecord.Enter) {
        depth++;
      } else if (record instanceof ManifestRecord.FileStart file) {
        left.finding(file);
      }
    }
    tree.passing(false);
  }

  private void leave() {
    Frame frame = open.pop();
    EntryMetadata own = frame.metadata();
    if (own != null) {
      restoreReport.metadata(frame.path(), metadata.directory(frame.fd(), own));
    }
    target.done(frame.fd());
  }

  private void file(
      Frame at, ManifestRecord.FileStart file, ManifestReadAhead tree, SkipFilter left)
      throws IOException, BackupStoreException, DamagedDataException {
    RawPath path = at.path().child(file.name());
    Resolution resolution = left.finding(file);
    FileOutcome fileOutcome = FileOutcome.UNWRITTEN;
    if (resolution.writes()) {
      fileOutcome = restoredFileWriter.restore(at.fd(), path, file, tree, at.births());
    } else if (tree.next() instanceof ManifestRecord.FileEnd end && end.state() != State.VOID) {
      if (resolution == Resolution.BLOCKED) {
        restoreReport.blocked(path);
      } else {
        restoreReport.counts().file(end.length(), true);
        fileOutcome = FileOutcome.WHOLE;
      }
    }
    // Other names of a file that is another one here get their contents in the second pass.
    if (file.links() > 1 && resolution != Resolution.LEAVE) {
      links.first(path, file, fileOutcome);
    }
  }

  private void symlink(Frame at, ManifestRecord.Symlink link) throws IOException {
    RawPath path = at.path().child(link.name());
    try {
      if (isLeft(path, () -> target.inTheWay().symlink(at.fd(), link))) {
        return;
      }
      target.make(at.fd(), link.name(), () -> files.symlink(link.target(), at.fd(), link.name()));
    } catch (FileAccessException e) {
      restoreReport.unwritable(path, e);
      return;
    }
    restoreReport.counts().other();
    restoreReport.metadata(path, metadata.symlink(at.fd(), link.name(), link.metadata()));
  }

  private void fifo(Frame at, ManifestRecord.Fifo fifo) throws IOException {
    RawPath path = at.path().child(fifo.name());
    try {
      if (isLeft(path, () -> target.inTheWay().fifo(at.fd(), fifo))) {
        return;
      }
      target.make(at.fd(), fifo.name(), () -> files.makeFifo(at.fd(), fifo.name()));
    } catch (FileAccessException e) {
      restoreReport.unwritable(path, e);
      return;
    }
    restoreReport.counts().other();
    restoreReport.metadata(path, metadata.pipe(at.fd(), fifo.name(), fifo.metadata()));
  }

  /** Looks at what is in the way. */
  @FunctionalInterface
  private interface ConflictLookup {
    Resolution look() throws FileAccessException;
  }

  /** Whether an entry stays as it is; then it is done. */
  private boolean isLeft(RawPath path, ConflictLookup conflictLookup) throws FileAccessException {
    Resolution resolution = target.inTheWay().looks() ? conflictLookup.look() : Resolution.ABSENT;
    if (resolution == Resolution.BLOCKED) {
      restoreReport.blocked(path);
    } else if (!resolution.writes()) {
      restoreReport.counts().other();
    }
    return !resolution.writes();
  }
}

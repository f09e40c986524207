package org.hikae.device.restore;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.hikae.device.browse.ListedEntry;
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
import org.hikae.device.restore.fetch.RecordSource;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the selected part of a snapshot, in one pass over the manifest and two more for
 * names of files that lie elsewhere, and decides what becomes of each entry. The sink does it or
 * only tells it, so a plan is what a restore does.
 *
 * @param <R> how the sink reads records
 */
final class RestoreWalk<R extends RecordSource> {

  private final OpenedSnapshot snapshot;
  private final RawFiles files;
  private final ConflictCheck conflictCheck;
  private final RestoreSink<R> sink;
  private final HardLinkRestorer<R> links;
  private final Deque<RawPath> open = new ArrayDeque<>();

  RestoreWalk(
      OpenedSnapshot snapshot, RawFiles files, ConflictCheck conflictCheck, RestoreSink<R> sink) {
    this.snapshot = snapshot;
    this.files = files;
    this.conflictCheck = conflictCheck;
    this.sink = sink;
    this.links = new HardLinkRestorer<>(files, conflictCheck, sink);
  }

  /**
   * Goes through everything at and below the selection.
   *
   * @throws NoSuchFileException when there is no such entry
   */
  void walk(RawPath selection) throws IOException, BackupStoreException, DamagedDataException {
    ManifestSelection selected = new ManifestSelection(snapshot.tree(), selection);
    // Only an empty target is accepted then, so there is nothing to look for ahead.
    FileHandle top = conflictCheck.policy() == OverwriteMode.REFUSE ? null : sink.directory();
    try (SkipFilter left = new SkipFilter(files, conflictCheck, selected::next, top)) {
      R tree = sink.read(left::next, contents -> pass(selection, top, contents));
      walk(selected, selection, tree, left);
    }
    if (!selected.found()) {
      throw new NoSuchFileException(selection.toString());
    }
    if (links.isWaiting()) {
      links.resolve(snapshot.tree()::next, sink.read(snapshot.tree()::next, null));
    }
  }

  /** Tells the contents that {@link #walk(RawPath)} reads; looks at the target as it is now. */
  private void pass(
      RawPath selection, @Nullable FileHandle top, Consumer<ManifestRecord.Data> contents)
      throws DamagedDataException, BackupStoreException {
    ManifestSelection selected = new ManifestSelection(snapshot.tree(), selection);
    try (SkipFilter left = new SkipFilter(files, conflictCheck, selected::next, top)) {
      ManifestRecord record = left.next();
      while (record != null) {
        sink.checkCancelled();
        if (record instanceof ManifestRecord.Data data) {
          contents.accept(data);
        } else if (record instanceof ManifestRecord.FileStart file) {
          left.finding(file);
        }
        record = left.next();
      }
    }
  }

  private void walk(ManifestSelection selected, RawPath selection, R tree, SkipFilter left)
      throws IOException, BackupStoreException, DamagedDataException {
    try {
      ManifestRecord record = tree.next();
      links.startAfter(selected.filesBefore());
      if (record instanceof ManifestRecord.Enter top) {
        enterTarget(selection.depth() > 0 ? top.metadata() : null);
        record = tree.next();
      } else {
        enterTarget(null);
      }
      while (record != null) {
        sink.checkCancelled();
        accept(record, tree, left);
        record = tree.next();
      }
    } finally {
      while (!open.isEmpty()) {
        leave();
      }
    }
  }

  private void enterTarget(@Nullable EntryMetadata metadata) {
    sink.enterTarget(metadata);
    open.push(RawPath.ROOT);
  }

  private void leave() {
    open.pop();
    sink.leave();
  }

  private void accept(ManifestRecord record, R tree, SkipFilter left)
      throws IOException, BackupStoreException, DamagedDataException {
    switch (record) {
      case ManifestRecord.Enter e -> enter(e, tree, left);
      case ManifestRecord.Leave l -> leave();
      case ManifestRecord.FileStart f -> file(f, tree, left);
      case ManifestRecord.HardLink h -> links.later(path(h), h);
      case ManifestRecord.Symlink s -> other(s, ListedEntry.Type.SYMLINK);
      case ManifestRecord.Fifo f -> other(f, ListedEntry.Type.FIFO);
      default -> throw new DamagedDataException("The manifest has contents without a file.");
    }
  }

  private RawPath path(ManifestRecord.Entry entry) {
    return open.element().child(entry.name());
  }

  private void enter(ManifestRecord.Enter directory, R tree, SkipFilter left)
      throws IOException, BackupStoreException, DamagedDataException {
    RawPath path = path(directory);
    try {
      Resolution resolution = conflictCheck.directory(sink.directory(), directory);
      if (resolution != Resolution.BLOCKED) {
        sink.enter(path, directory, resolution);
        open.push(path);
        return;
      }
      sink.leaveAlone(path, ListedEntry.Type.DIRECTORY, resolution, 0);
    } catch (FileAccessException e) {
      sink.unwritable(path, ListedEntry.Type.DIRECTORY, e);
    }
    skip(tree, left);
  }

  /** Passes over the rest of a directory that cannot be made. */
  private void skip(R tree, SkipFilter left) throws BackupStoreException, DamagedDataException {
    tree.passing(true);
    int depth = 1;
    while (depth > 0) {
      ManifestRecord record = tree.next();
      if (record == null || record instanceof ManifestRecord.Leave) {
        depth--;
      } else if (record instanceof ManifestRecord.Enter) {
        depth++;
      } else if (record instanceof ManifestRecord.FileStart file) {
        links.passed(file);
        left.finding(file);
      }
    }
    tree.passing(false);
  }

  private void file(ManifestRecord.FileStart file, R tree, SkipFilter left)
      throws IOException, BackupStoreException, DamagedDataException {
    RawPath path = path(file);
    links.passed(file);
    Resolution resolution = left.finding(file);
    FileOutcome fileOutcome = FileOutcome.UNWRITTEN;
    if (resolution.writes()) {
      fileOutcome = sink.file(path, file, resolution, tree);
    } else if (tree.next() instanceof ManifestRecord.FileEnd end) {
      if (end.state() == State.VOID) {
        fileOutcome = FileOutcome.VOID;
      } else {
        sink.leaveAlone(path, ListedEntry.Type.FILE, resolution, end.length());
        fileOutcome = resolution == Resolution.BLOCKED ? FileOutcome.UNWRITTEN : FileOutcome.WHOLE;
      }
    }
    // Other names of a file that is another one here get their contents in the second pass.
    if (file.links() > 1 && resolution != Resolution.LEAVE) {
      links.first(path, file, resolution, fileOutcome);
    }
  }

  private void other(ManifestRecord.Entry entry, ListedEntry.Type type) throws FileAccessException {
    RawPath path = path(entry);
    try {
      Resolution resolution = conflictCheck.other(sink.directory(), entry);
      if (resolution.writes()) {
        sink.other(path, entry, resolution);
      } else {
        sink.leaveAlone(path, type, resolution, 0);
      }
    } catch (FileAccessException e) {
      sink.unwritable(path, type, e);
    }
  }
}

package org.hikae.device.restore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.browse.ManifestSelection;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.Inode;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.restore.ConflictCheck.Resolution;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/** Goes through the selected part of a manifest as {@link RestoreWalk} does, and only looks. */
final class RestorePlanWalk {

  private final OpenedSnapshot snapshot;
  private final RawFiles files;
  private final ConflictCheck conflictCheck;
  private final @Nullable FileHandle top;
  private final RestorePlan.Sink sink;
  private final Deque<RawPath> open = new ArrayDeque<>();
  private final Map<Inode, FirstName> firsts = new HashMap<>();
  private final Map<Inode, List<RawPath>> waiting = new HashMap<>();
  private final RawPath target;

  RestorePlanWalk(
      OpenedSnapshot snapshot,
      RawFiles files,
      ConflictCheck conflictCheck,
      @Nullable FileHandle top,
      RawPath target,
      RestorePlan.Sink sink) {
    this.snapshot = snapshot;
    this.files = files;
    this.conflictCheck = conflictCheck;
    this.top = top;
    this.target = target;
    this.sink = sink;
  }

  /** The file that stays under the first name, if one does. */
  private record FirstName(@Nullable FileStatus there, FileTime modified) {}

  /** Tells everything at and below the selection; false when there is no such entry. */
  boolean walk(RawPath selection)
      throws DamagedDataException, BackupStoreException, FileAccessException {
    ManifestSelection selected = new ManifestSelection(snapshot.tree(), selection);
    open.push(RawPath.ROOT);
    try (SkipFilter records = new SkipFilter(files, conflictCheck, selected::next, top)) {
      ManifestRecord record = records.next();
      if (record instanceof ManifestRecord.Enter) {
        record = records.next();
      }
      while (record != null) {
        accept(record, records);
        record = records.next();
      }
    }
    resolve();
    return selected.found();
  }

  private void accept(ManifestRecord record, SkipFilter records)
      throws DamagedDataException, BackupStoreException, FileAccessException {
    FileHandle at = records.directory();
    switch (record) {
      case ManifestRecord.Enter e -> enter(e, records);
      case ManifestRecord.Leave l -> open.pop();
      case ManifestRecord.FileStart f -> file(f, records);
      case ManifestRecord.HardLink h -> link(at, h);
      case ManifestRecord.Symlink s ->
          tell(path(s), ListedEntry.Type.SYMLINK, conflictCheck.symlink(at, s), 0);
      case ManifestRecord.Fifo f ->
          tell(path(f), ListedEntry.Type.FIFO, conflictCheck.fifo(at, f), 0);
      default -> throw new DamagedDataException("The manifest has contents without a file.");
    }
  }

  private RawPath path(ManifestRecord.Entry entry) {
    return open.element().child(entry.name());
  }

  private void tell(RawPath path, ListedEntry.Type type, Resolution resolution, long size) {
    PlannedEntry.Action action =
        switch (resolution) {
          case ABSENT -> PlannedEntry.Action.CREATE;
          case REPLACE -> PlannedEntry.Action.REPLACE;
          case SAME, LEAVE -> PlannedEntry.Action.LEAVE;
          case BLOCKED -> PlannedEntry.Action.BLOCKED;
        };
    RawPath absolute = target;
    for (int i = 0; i < path.depth(); i++) {
      absolute = absolute.child(path.name(i));
    }
    sink.take(new PlannedEntry(absolute, type, action, size));
  }

  private void enter(ManifestRecord.Enter directory, SkipFilter records)
      throws DamagedDataException, BackupStoreException, FileAccessException {
    Resolution resolution =
        conflictCheck.directory(records.above(), directory.name(), directory.metadata());
    RawPath path = path(directory);
    tell(path, ListedEntry.Type.DIRECTORY, resolution, 0);
    open.push(path);
    if (resolution == Resolution.BLOCKED) {
      int depth = 1;
      while (depth > 0) {
        ManifestRecord record = records.next();
        if (record == null || record instanceof ManifestRecord.Leave) {
          depth--;
        } else if (record instanceof ManifestRecord.Enter) {
          depth++;
        } else if (record instanceof ManifestRecord.FileStart file) {
          records.finding(file);
        }
      }
      open.pop();
    }
  }

  private void file(ManifestRecord.FileStart file, SkipFilter records)
      throws DamagedDataException, BackupStoreException, FileAccessException {
    Resolution resolution = records.finding(file);
    ManifestRecord record = records.next();
    while (record != null && !(record instanceof ManifestRecord.FileEnd)) {
      record = records.next();
    }
    if (!(record instanceof ManifestRecord.FileEnd end) || end.state() == State.VOID) {
      return;
    }
    tell(path(file), ListedEntry.Type.FILE, resolution, end.length());
    FileHandle at = records.directory();
    if (file.links() > 1 && resolution != Resolution.LEAVE) {
      boolean stays = resolution == Resolution.SAME && at != null;
      FileStatus there = stays && at != null ? files.status(at, file.name()) : null;
      firsts.put(
          new Inode(file.device(), file.metadata().inode()),
          new FirstName(there, file.metadata().modified()));
    }
  }

  private void link(@Nullable FileHandle at, ManifestRecord.HardLink link)
      throws FileAccessException {
    Inode inode = new Inode(link.device(), link.inode());
    FirstName first = firsts.get(inode);
    if (first == null) {
      waiting.computeIfAbsent(inode, i -> new ArrayList<>()).add(path(link));
      return;
    }
    Resolution resolution = conflictCheck.link(at, link.name(), first.there(), first.modified());
    tell(path(link), ListedEntry.Type.HARD_LINK, resolution, 0);
  }

  /** Names whose first one lies outside, or is another file in the target. */
  private void resolve() throws DamagedDataException, BackupStoreException, FileAccessException {
    if (waiting.isEmpty()) {
      return;
    }
    ManifestReader<BackupStoreException> tree = snapshot.tree();
    ManifestRecord record = tree.next();
    while (!(record instanceof ManifestRecord.End) && !waiting.isEmpty()) {
      if (record instanceof ManifestRecord.FileStart file) {
        List<RawPath> paths = waiting.remove(new Inode(file.device(), file.metadata().inode()));
        for (RawPath path : paths == null ? List.<RawPath>of() : paths) {
          tell(path, ListedEntry.Type.HARD_LINK, look(file, path), file.size());
        }
      }
      record = tree.next();
    }
  }

  private Resolution look(ManifestRecord.FileStart file, RawPath path) throws FileAccessException {
    FileHandle at = null;
    try {
      at = top == null ? null : RestoreTarget.directory(files, top, path.parent());
    } catch (FileAccessException e) {
      // Not there, so neither is the file.
    }
    try {
      return conflictCheck.file(at, path.name(path.depth() - 1), file.metadata(), file.size());
    } finally {
      if (at != null && at != top) {
        at.close();
      }
    }
  }
}

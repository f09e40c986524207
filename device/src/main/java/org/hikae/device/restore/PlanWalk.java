package org.hikae.device.restore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.browse.SelectedTree;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.Inode;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.TreeReader;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.manifest.TreeRecord.FileEnd.State;
import org.hikae.device.restore.InTheWay.Finding;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.snapshot.OpenSnapshot;
import org.hikae.device.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Goes through the selected part of a manifest as {@link RestoreWalk} does, and only looks. */
final class PlanWalk {

  private final OpenSnapshot snapshot;
  private final RawFiles files;
  private final InTheWay inTheWay;
  private final @Nullable Fd top;
  private final RestorePlan.Sink sink;
  private final Deque<RawPath> open = new ArrayDeque<>();
  private final Map<Inode, First> firsts = new HashMap<>();
  private final Map<Inode, List<RawPath>> waiting = new HashMap<>();
  private final RawPath target;

  PlanWalk(
      OpenSnapshot snapshot,
      RawFiles files,
      InTheWay inTheWay,
      @Nullable Fd top,
      RawPath target,
      RestorePlan.Sink sink) {
    this.snapshot = snapshot;
    this.files = files;
    this.inTheWay = inTheWay;
    this.top = top;
    this.target = target;
    this.sink = sink;
  }

  /** The file that stays under the first name, if one does. */
  private record First(@Nullable FileStatus there, FileTime modified) {}

  /** Tells everything at and below the selection; false when there is no such entry. */
  boolean walk(RawPath selection) throws DamagedException, StoreException, FileAccessException {
    SelectedTree selected = new SelectedTree(snapshot.tree(), selection);
    open.push(RawPath.ROOT);
    try (LeftAlone records = new LeftAlone(files, inTheWay, selected::next, top)) {
      TreeRecord record = records.next();
      if (record instanceof TreeRecord.Enter) {
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

  private void accept(TreeRecord record, LeftAlone records)
      throws DamagedException, StoreException, FileAccessException {
    Fd at = records.directory();
    switch (record) {
      case TreeRecord.Enter e -> enter(e, records);
      case TreeRecord.Leave l -> open.pop();
      case TreeRecord.FileStart f -> file(f, records);
      case TreeRecord.HardLink h -> link(at, h);
      case TreeRecord.Symlink s ->
          tell(path(s), ListedEntry.Type.SYMLINK, inTheWay.symlink(at, s), 0);
      case TreeRecord.Fifo f -> tell(path(f), ListedEntry.Type.FIFO, inTheWay.fifo(at, f), 0);
      default -> throw new DamagedException("The manifest has contents without a file.");
    }
  }

  private RawPath path(TreeRecord.Entry entry) {
    return open.element().child(entry.name());
  }

  private void tell(RawPath path, ListedEntry.Type type, Finding finding, long size) {
    Planned.Action action =
        switch (finding) {
          case ABSENT -> Planned.Action.CREATE;
          case REPLACE -> Planned.Action.REPLACE;
          case SAME, LEAVE -> Planned.Action.LEAVE;
          case BLOCKED -> Planned.Action.BLOCKED;
        };
    RawPath absolute = target;
    for (int i = 0; i < path.depth(); i++) {
      absolute = absolute.child(path.name(i));
    }
    sink.take(new Planned(absolute, type, action, size));
  }

  private void enter(TreeRecord.Enter directory, LeftAlone records)
      throws DamagedException, StoreException, FileAccessException {
    Finding finding = inTheWay.directory(records.above(), directory.name(), directory.metadata());
    RawPath path = path(directory);
    tell(path, ListedEntry.Type.DIRECTORY, finding, 0);
    open.push(path);
    if (finding == Finding.BLOCKED) {
      int depth = 1;
      while (depth > 0) {
        TreeRecord record = records.next();
        if (record == null || record instanceof TreeRecord.Leave) {
          depth--;
        } else if (record instanceof TreeRecord.Enter) {
          depth++;
        } else if (record instanceof TreeRecord.FileStart file) {
          records.finding(file);
        }
      }
      open.pop();
    }
  }

  private void file(TreeRecord.FileStart file, LeftAlone records)
      throws DamagedException, StoreException, FileAccessException {
    Finding finding = records.finding(file);
    TreeRecord record = records.next();
    while (record != null && !(record instanceof TreeRecord.FileEnd)) {
      record = records.next();
    }
    if (!(record instanceof TreeRecord.FileEnd end) || end.state() == State.VOID) {
      return;
    }
    tell(path(file), ListedEntry.Type.FILE, finding, end.length());
    Fd at = records.directory();
    if (file.links() > 1 && finding != Finding.LEAVE) {
      boolean stays = finding == Finding.SAME && at != null;
      FileStatus there = stays && at != null ? files.status(at, file.name()) : null;
      firsts.put(
          new Inode(file.device(), file.metadata().inode()),
          new First(there, file.metadata().modified()));
    }
  }

  private void link(@Nullable Fd at, TreeRecord.HardLink link) throws FileAccessException {
    Inode inode = new Inode(link.device(), link.inode());
    First first = firsts.get(inode);
    if (first == null) {
      waiting.computeIfAbsent(inode, i -> new ArrayList<>()).add(path(link));
      return;
    }
    Finding finding = inTheWay.link(at, link.name(), first.there(), first.modified());
    tell(path(link), ListedEntry.Type.HARD_LINK, finding, 0);
  }

  /** Names whose first one lies outside, or is another file in the target. */
  private void resolve() throws DamagedException, StoreException, FileAccessException {
    if (waiting.isEmpty()) {
      return;
    }
    TreeReader<StoreException> tree = snapshot.tree();
    TreeRecord record = tree.next();
    while (!(record instanceof TreeRecord.End) && !waiting.isEmpty()) {
      if (record instanceof TreeRecord.FileStart file) {
        List<RawPath> paths = waiting.remove(new Inode(file.device(), file.metadata().inode()));
        for (RawPath path : paths == null ? List.<RawPath>of() : paths) {
          tell(path, ListedEntry.Type.HARD_LINK, look(file, path), file.size());
        }
      }
      record = tree.next();
    }
  }

  private Finding look(TreeRecord.FileStart file, RawPath path) throws FileAccessException {
    Fd at = null;
    try {
      at = top == null ? null : Target.directory(files, top, path.parent());
    } catch (FileAccessException e) {
      // Not there, so neither is the file.
    }
    try {
      return inTheWay.file(at, path.name(path.depth() - 1), file.metadata(), file.size());
    } finally {
      if (at != null && at != top) {
        at.close();
      }
    }
  }
}

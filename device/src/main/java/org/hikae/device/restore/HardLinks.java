package org.hikae.device.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.Inode;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.restore.FileRestore.Restored;
import org.hikae.device.restore.InTheWay.Finding;
import org.hikae.device.restore.fetch.Outcome;
import org.hikae.device.restore.fetch.ReadAhead;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.store.StoreException;

/**
 * Gives files their other names. When the first name lies outside what is restored, or another file
 * is there that is left alone, the contents are looked up in a second pass over the manifest.
 */
final class HardLinks {

  private final RawFiles files;
  private final Target target;
  private final Outcome outcome;
  private final Map<Inode, First> firsts = new HashMap<>();
  private final Map<Inode, List<RawPath>> waiting = new HashMap<>();

  HardLinks(RawFiles files, Target target, Outcome outcome) {
    this.files = files;
    this.target = target;
    this.outcome = outcome;
  }

  /** Where the first name is, whether its file is there, and when that changed in the snapshot. */
  private record First(RawPath path, Restored restored, FileTime modified) {}

  /** Notes the first name of a file. */
  void first(RawPath path, TreeRecord.FileStart file, Restored restored) {
    First first = new First(path, restored, file.metadata().modified());
    firsts.put(new Inode(file.device(), file.metadata().inode()), first);
  }

  /** Makes a further name, or keeps it for later. */
  void later(Fd at, RawPath path, TreeRecord.HardLink link) throws IOException {
    Inode inode = new Inode(link.device(), link.inode());
    First first = firsts.get(inode);
    if (first == null) {
      waiting.computeIfAbsent(inode, i -> new ArrayList<>()).add(path);
      return;
    }
    link(first, at, path);
  }

  private void link(First first, Fd at, RawPath path) throws IOException {
    RawPath from = first.path();
    if (first.restored() != Restored.WHOLE) {
      outcome.notLinked(path, first.restored() == Restored.DAMAGED);
      return;
    }
    try {
      Fd directory = target.directory(from.parent());
      try {
        byte[] oldName = from.name(from.depth() - 1);
        byte[] name = path.name(path.depth() - 1);
        if (mayLink(directory, oldName, first, at, path)) {
          target.make(at, name, () -> files.link(directory, oldName, at, name));
          outcome.counts().other();
        }
      } finally {
        target.done(directory);
      }
    } catch (FileAccessException e) {
      outcome.unwritable(path, e);
    }
  }

  private boolean mayLink(Fd directory, byte[] oldName, First first, Fd at, RawPath path)
      throws FileAccessException {
    if (!target.inTheWay().looks()) {
      return true;
    }
    FileStatus file = files.status(directory, oldName);
    Finding finding =
        target.inTheWay().link(at, path.name(path.depth() - 1), file, first.modified());
    if (finding == Finding.BLOCKED) {
      outcome.blocked(path);
    } else if (!finding.writes()) {
      outcome.counts().other();
    }
    return finding.writes();
  }

  /**
   * Restores the files whose first names were not selected, or are other files here.
   *
   * @param tree the whole manifest from its start; read ahead within a file only
   */
  void resolve(ReadAhead tree, FileRestore fileRestore)
      throws IOException, StoreException, DamagedException {
    if (waiting.isEmpty()) {
      return;
    }
    tree.passing(true);
    TreeRecord record = tree.next();
    while (record != null && !(record instanceof TreeRecord.End) && !waiting.isEmpty()) {
      if (record instanceof TreeRecord.FileStart file) {
        List<RawPath> paths = waiting.remove(new Inode(file.device(), file.metadata().inode()));
        if (paths != null) {
          restore(file, paths, tree, fileRestore);
        }
      }
      record = tree.next();
    }
    for (List<RawPath> paths : waiting.values()) {
      for (RawPath path : paths) {
        outcome.notLinked(path, true);
      }
    }
  }

  private void restore(
      TreeRecord.FileStart file, List<RawPath> paths, ReadAhead tree, FileRestore fileRestore)
      throws IOException, StoreException, DamagedException {
    // One name whose file is there already, or else gets it, is what the others are names of.
    First made = null;
    RawPath gets = null;
    List<RawPath> further = new ArrayList<>();
    for (RawPath path : paths) {
      switch (look(file, path)) {
        case LEAVE -> outcome.counts().other();
        case BLOCKED -> outcome.blocked(path);
        case SAME -> {
          if (made == null) {
            made = new First(path, Restored.WHOLE, file.metadata().modified());
            outcome.counts().file(file.size(), true);
          } else {
            further.add(path);
          }
        }
        default -> {
          if (gets == null) {
            gets = path;
          } else {
            further.add(path);
          }
        }
      }
    }
    if (made != null && gets != null) {
      further.add(gets);
    } else if (gets != null) {
      made = new First(gets, write(file, gets, tree, fileRestore), file.metadata().modified());
    }
    First known = made;
    if (known != null) {
      for (RawPath path : further) {
        inside(path, at -> link(known, at, path));
      }
    }
  }

  private Finding look(TreeRecord.FileStart file, RawPath path) throws FileAccessException {
    if (!target.inTheWay().looks()) {
      return Finding.ABSENT;
    }
    Fd directory = target.directory(path.parent());
    try {
      byte[] name = path.name(path.depth() - 1);
      return target.inTheWay().file(directory, name, file.metadata(), file.size());
    } finally {
      target.done(directory);
    }
  }

  private Restored write(
      TreeRecord.FileStart file, RawPath path, ReadAhead tree, FileRestore fileRestore)
      throws IOException, StoreException, DamagedException {
    TreeRecord.FileStart renamed =
        new TreeRecord.FileStart(
            path.name(path.depth() - 1), file.metadata(), file.size(), file.links(), file.device());
    Restored[] restored = {Restored.UNWRITTEN};
    tree.passing(false);
    inside(path, at -> restored[0] = fileRestore.restore(at, path, renamed, tree, new Births()));
    tree.passing(true);
    return restored[0];
  }

  /** Something done in a directory. */
  @FunctionalInterface
  private interface Work {
    void run(Fd at) throws IOException, StoreException, DamagedException;
  }

  /** Works in the directory of a path that was left already, and keeps its time. */
  private void inside(RawPath path, Work work)
      throws IOException, StoreException, DamagedException {
    Fd directory = target.directory(path.parent());
    try {
      FileTime modified = files.status(directory).modified();
      work.run(directory);
      files.changeTime(directory, modified);
    } finally {
      target.done(directory);
    }
  }
}

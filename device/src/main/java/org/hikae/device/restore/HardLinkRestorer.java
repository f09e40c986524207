package org.hikae.device.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.Inode;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.restore.ConflictCheck.Resolution;
import org.hikae.device.restore.RestoredFileWriter.FileOutcome;
import org.hikae.device.restore.fetch.ManifestReadAhead;
import org.hikae.device.restore.fetch.RestoreReport;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;

/**
 * Gives files their other names. When the first name lies outside what is restored, or another file
 * is there that is left alone, the contents are looked up in a second pass over the manifest.
 */
final class HardLinkRestorer {

  private final RawFiles files;
  private final RestoreTarget target;
  private final RestoreReport outcome;
  private final Map<Inode, FirstName> firsts = new HashMap<>();
  private final Map<Inode, List<RawPath>> waiting = new HashMap<>();

  HardLinkRestorer(RawFiles files, RestoreTarget target, RestoreReport outcome) {
    this.files = files;
    this.target = target;
    this.outcome = outcome;
  }

  /** Where the first name is, whether its file is there, and when that changed in the snapshot. */
  private record FirstName(RawPath path, FileOutcome restored, FileTime modified) {}

  /** Notes the first name of a file. */
  void first(RawPath path, ManifestRecord.FileStart file, FileOutcome restored) {
    FirstName first = new FirstName(path, restored, file.metadata().modified());
    firsts.put(new Inode(file.device(), file.metadata().inode()), first);
  }

  /** Makes a further name, or keeps it for later. */
  void later(FileHandle at, RawPath path, ManifestRecord.HardLink link) throws IOException {
    Inode inode = new Inode(link.device(), link.inode());
    FirstName first = firsts.get(inode);
    if (first == null) {
      waiting.computeIfAbsent(inode, i -> new ArrayList<>()).add(path);
      return;
    }
    link(first, at, path);
  }

  private void link(FirstName first, FileHandle at, RawPath path) throws IOException {
    RawPath from = first.path();
    if (first.restored() != FileOutcome.WHOLE) {
      outcome.notLinked(path, first.restored() == FileOutcome.DAMAGED);
      return;
    }
    try {
      FileHandle directory = target.directory(from.parent());
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

  private boolean mayLink(
      FileHandle directory, byte[] oldName, FirstName first, FileHandle at, RawPath path)
      throws FileAccessException {
    if (!target.inTheWay().looks()) {
      return true;
    }
    FileStatus file = files.status(directory, oldName);
    Resolution finding =
        target.inTheWay().link(at, path.name(path.depth() - 1), file, first.modified());
    if (finding == Resolution.BLOCKED) {
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
  void resolve(ManifestReadAhead tree, RestoredFileWriter fileRestore)
      throws IOException, BackupStoreException, DamagedDataException {
    if (waiting.isEmpty()) {
      return;
    }
    tree.passing(true);
    ManifestRecord record = tree.next();
    while (record != null && !(record instanceof ManifestRecord.End) && !waiting.isEmpty()) {
      if (record instanceof ManifestRecord.FileStart file) {
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
      ManifestRecord.FileStart file,
      List<RawPath> paths,
      ManifestReadAhead tree,
      RestoredFileWriter fileRestore)
      throws IOException, BackupStoreException, DamagedDataException {
    // One name whose file is there already, or else gets it, is what the others are names of.
    FirstName made = null;
    RawPath gets = null;
    List<RawPath> further = new ArrayList<>();
    for (RawPath path : paths) {
      switch (look(file, path)) {
        case LEAVE -> outcome.counts().other();
        case BLOCKED -> outcome.blocked(path);
        case SAME -> {
          if (made == null) {
            made = new FirstName(path, FileOutcome.WHOLE, file.metadata().modified());
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
      made = new FirstName(gets, write(file, gets, tree, fileRestore), file.metadata().modified());
    }
    FirstName known = made;
    if (known != null) {
      for (RawPath path : further) {
        inside(path, at -> link(known, at, path));
      }
    }
  }

  private Resolution look(ManifestRecord.FileStart file, RawPath path) throws FileAccessException {
    if (!target.inTheWay().looks()) {
      return Resolution.ABSENT;
    }
    FileHandle directory = target.directory(path.parent());
    try {
      byte[] name = path.name(path.depth() - 1);
      return target.inTheWay().file(directory, name, file.metadata(), file.size());
    } finally {
      target.done(directory);
    }
  }

  private FileOutcome write(
      ManifestRecord.FileStart file,
      RawPath path,
      ManifestReadAhead tree,
      RestoredFileWriter fileRestore)
      throws IOException, BackupStoreException, DamagedDataException {
    ManifestRecord.FileStart renamed =
        new ManifestRecord.FileStart(
            path.name(path.depth() - 1), file.metadata(), file.size(), file.links(), file.device());
    FileOutcome[] restored = {FileOutcome.UNWRITTEN};
    tree.passing(false);
    inside(
        path,
        at -> restored[0] = fileRestore.restore(at, path, renamed, tree, new NewFileDefaults()));
    tree.passing(true);
    return restored[0];
  }

  /** Something done in a directory. */
  @FunctionalInterface
  private interface DirectoryTask {
    void run(FileHandle at) throws IOException, BackupStoreException, DamagedDataException;
  }

  /** Works in the directory of a path that was left already, and keeps its time. */
  private void inside(RawPath path, DirectoryTask work)
      throws IOException, BackupStoreException, DamagedDataException {
    FileHandle directory = target.directory(path.parent());
    try {
      FileTime modified = files.status(directory).modified();
      work.run(directory);
      files.changeTime(directory, modified);
    } finally {
      target.done(directory);
    }
  }
}

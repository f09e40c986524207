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
  private final RestoreReport restoreReport;
  private final Map<Inode, FirstName> firsts = new HashMap<>();
  private final Map<Inode, List<RawPath>> waiting = new HashMap<>();

  HardLinkRestorer(RawFiles files, RestoreTarget target, RestoreReport restoreReport) {
    this.files = files;
    this.target = target;
    this.restoreReport = restoreReport;
  }

  /** Where the first name is, whether its file is there, and when that changed in the snapshot. */
  private record FirstName(RawPath path, FileOutcome restored, FileTime modified) {}

  /** Notes the first name of a file. */
  void first(RawPath path, ManifestRecord.FileStart file, FileOutcome fileOutcome) {
    FirstName first = new FirstName(path, fileOutcome, file.metadata().modified());
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
      restoreReport.notLinked(path, first.restored() == FileOutcome.DAMAGED);
      return;
    }
    try {
      FileHandle directory = target.directory(from.parent());
      try {
        byte[] oldName = from.name(from.depth() - 1);
        byte[] name = path.name(path.depth() - 1);
        if (mayLink(directory, oldName, first, at, path)) {
          target.make(at, name, () -> files.link(directory, oldName, at, name));
          restoreReport.counts().other();
        }
      } finally {
        target.done(directory);
      }
    } catch (FileAccessException e) {
      restoreReport.unwritable(path, e);
    }
  }

  private boolean mayLink(
      FileHandle directory, byte[] oldName, FirstName first, FileHandle at, RawPath path)
      throws FileAccessException {
    if (!target.inTheWay().looks()) {
      return true;
    }
    FileStatus file = files.status(directory, oldName);
    Resolution resolution =
        target.inTheWay().link(at, path.name(path.depth() - 1), file, first.modified());
    if (resolution == Resolution.BLOCKED) {
      restoreReport.blocked(path);
    } else if (!resolution.writes()) {
      restoreReport.counts().other();
    }
    return resolution.writes();
  }

  /**
   * Restores the files whose first names were not selected, or are other files here.
   *
   * @param tree the whole manifest from its start; read ahead within a file only
   */
  void resolve(ManifestReadAhead tree, RestoredFileWriter restoredFileWriter)
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
          restore(file, paths, tree, restoredFileWriter);
        }
      }
      record = tree.next();
    }
    for (List<RawPath> paths : waiting.values()) {
      for (RawPath path : paths) {
        restoreReport.notLinked(path, true);
      }
    }
  }

  private void restore(
      ManifestRecord.FileStart file,
      List<RawPath> paths,
      ManifestReadAhead tree,
      RestoredFileWriter restoredFileWriter)
      throws IOException, BackupStoreException, DamagedDataException {
    // One name whose file is there already, or else gets it, is what the others are names of.
    FirstName made = null;
    RawPath gets = null;
    List<RawPath> further = new ArrayList<>();
    for (RawPath path : paths) {
      switch (look(file, path)) {
        case LEAVE -> restoreReport.counts().other();
        case BLOCKED -> restoreReport.blocked(path);
        case SAME -> {
          if (made == null) {
            made = new FirstName(path, FileOutcome.WHOLE, file.metadata().modified());
            restoreReport.counts().file(file.size(), true);
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
      made =
          new FirstName(
              gets, write(file, gets, tree, restoredFileWriter), file.metadata().modified());
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
      RestoredFileWriter restoredFileWriter)
      throws IOException, BackupStoreException, DamagedDataException {
    ManifestRecord.FileStart renamed =
        new ManifestRecord.FileStart(
            path.name(path.depth() - 1), file.metadata(), file.size(), file.links(), file.device());
    FileOutcome[] fileOutcome = {FileOutcome.UNWRITTEN};
    tree.passing(false);
    inside(
        path,
        at ->
            fileOutcome[0] =
                restoredFileWriter.restore(at, path, renamed, tree, new NewFileDefaults()));
    tree.passing(true);
    return fileOutcome[0];
  }

  /** Something done in a directory. */
  @FunctionalInterface
  private interface DirectoryTask {
    void run(FileHandle at) throws IOException, BackupStoreException, DamagedDataException;
  }

  /** Works in the directory of a path that was left already, and keeps its time. */
  private void inside(RawPath path, DirectoryTask directoryTask)
      throws IOException, BackupStoreException, DamagedDataException {
    FileHandle directory = target.directory(path.parent());
    try {
      FileTime modified = files.status(directory).modified();
      directoryTask.run(directory);
      files.changeTime(directory, modified);
    } finally {
      target.done(directory);
    }
  }
}

package org.hikae.device.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.device.browse.ListedEntry;
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
import org.hikae.device.restore.fetch.RecordSource;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Gives files their other names. When the first name lies outside what is restored, or another file
 * is there that is left alone, the contents are looked up in a second pass over the manifest.
 */
final class HardLinkRestorer<R extends RecordSource> {

  private final RawFiles files;
  private final ConflictCheck conflictCheck;
  private final RestoreSink<R> sink;
  private final Map<Inode, FirstName> firsts = new HashMap<>();
  private final Map<Inode, List<RawPath>> waiting = new HashMap<>();

  HardLinkRestorer(RawFiles files, ConflictCheck conflictCheck, RestoreSink<R> sink) {
    this.files = files;
    this.conflictCheck = conflictCheck;
    this.sink = sink;
  }

  /**
   * The name whose file the others are names of.
   *
   * @param path where it is
   * @param restored whether its file is there, or is going to be
   * @param there the file that was there before and stays; null when it is a new one
   * @param modified when it changed in the snapshot
   */
  private record FirstName(
      RawPath path, FileOutcome restored, @Nullable FileStatus there, FileTime modified) {}

  /** Notes the first name of a file that is to be in the directory where the sink is. */
  void first(
      RawPath path, ManifestRecord.FileStart file, Resolution resolution, FileOutcome fileOutcome)
      throws FileAccessException {
    FirstName first =
        new FirstName(path, fileOutcome, there(path, resolution), file.metadata().modified());
    firsts.put(new Inode(file.device(), file.metadata().inode()), first);
  }

  private @Nullable FileStatus there(RawPath path, Resolution resolution)
      throws FileAccessException {
    FileHandle at = sink.directory();
    return resolution == Resolution.SAME && at != null ? files.status(at, name(path)) : null;
  }

  private static byte[] name(RawPath path) {
    return path.name(path.depth() - 1);
  }

  /** Makes a further name, or keeps it for later. */
  void later(RawPath path, ManifestRecord.HardLink link) throws FileAccessException {
    Inode inode = new Inode(link.device(), link.inode());
    FirstName first = firsts.get(inode);
    if (first == null) {
      waiting.computeIfAbsent(inode, i -> new ArrayList<>()).add(path);
      return;
    }
    link(first, path);
  }

  private void link(FirstName first, RawPath path) throws FileAccessException {
    if (first.restored() != FileOutcome.WHOLE) {
      sink.notLinked(path, first.restored() == FileOutcome.DAMAGED);
      return;
    }
    try {
      Resolution resolution =
          conflictCheck.link(sink.directory(), name(path), first.there(), first.modified());
      if (resolution.writes()) {
        sink.link(path, first.path(), resolution);
      } else {
        sink.leaveAlone(path, ListedEntry.Type.HARD_LINK, resolution, 0);
      }
    } catch (FileAccessException e) {
      sink.unwritable(path, ListedEntry.Type.HARD_LINK, e);
    }
  }

  /** Whether there are names whose files are to be looked up. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /**
   * Restores the files whose first names were not selected, or are other files here.
   *
   * @param tree the whole manifest from its start
   */
  void resolve(R tree) throws IOException, BackupStoreException, DamagedDataException {
    tree.passing(true);
    ManifestRecord record = tree.next();
    while (record != null && !(record instanceof ManifestRecord.End) && isWaiting()) {
      if (record instanceof ManifestRecord.FileStart file) {
        List<RawPath> paths = waiting.remove(new Inode(file.device(), file.metadata().inode()));
        if (paths != null) {
          restore(file, paths, tree);
        }
      }
      record = tree.next();
    }
    for (List<RawPath> paths : waiting.values()) {
      for (RawPath path : paths) {
        sink.notLinked(path, true);
      }
    }
  }

  /** A name that is to have the file, and what is there now. */
  private record LookedUpName(RawPath path, Resolution resolution) {}

  private void restore(ManifestRecord.FileStart file, List<RawPath> paths, R tree)
      throws IOException, BackupStoreException, DamagedDataException {
    List<LookedUpName> names = new ArrayList<>();
    for (RawPath path : paths) {
      Resolution resolution = look(file, path);
      if (resolution.writes() || resolution == Resolution.SAME) {
        names.add(new LookedUpName(path, resolution));
      } else {
        sink.leaveAlone(path, ListedEntry.Type.HARD_LINK, resolution, 0);
      }
    }
    if (names.isEmpty()) {
      return;
    }
    // One whose file is there already, or else one that gets it, is what the others are names of.
    LookedUpName first =
        names.stream()
            .filter(name -> name.resolution() == Resolution.SAME)
            .findFirst()
            .orElse(names.getFirst());
    FirstName made = make(file, first, tree);
    for (LookedUpName name : names) {
      if (!name.equals(first)) {
        sink.enterAgain(name.path().parent());
        try {
          link(made, name.path());
        } finally {
          sink.leave();
        }
      }
    }
  }

  private Resolution look(ManifestRecord.FileStart file, RawPath path) throws FileAccessException {
    sink.enterAgain(path.parent());
    try {
      return conflictCheck.file(sink.directory(), name(path), file.metadata(), file.size());
    } finally {
      sink.leave();
    }
  }

  private FirstName make(ManifestRecord.FileStart file, LookedUpName name, R tree)
      throws IOException, BackupStoreException, DamagedDataException {
    RawPath path = name.path();
    FileOutcome fileOutcome = FileOutcome.WHOLE;
    sink.enterAgain(path.parent());
    try {
      if (name.resolution() == Resolution.SAME) {
        sink.leaveAlone(path, ListedEntry.Type.FILE, name.resolution(), file.size());
      } else {
        ManifestRecord.FileStart renamed =
            new ManifestRecord.FileStart(
                name(path), file.metadata(), file.size(), file.links(), file.device());
        tree.passing(false);
        fileOutcome = sink.file(path, renamed, name.resolution(), tree);
        tree.passing(true);
      }
      return new FirstName(
          path, fileOutcome, there(path, name.resolution()), file.metadata().modified());
    } finally {
      sink.leave();
    }
  }
}

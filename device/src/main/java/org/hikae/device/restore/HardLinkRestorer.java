package org.hikae.device.restore;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 * Gives files their other names. A name belongs to the last file of its inode before it (spec
 * HK1-M-07): an inode may be used anew while a backup runs. When that file lies outside what is
 * restored, or another one is there that is left alone, it is looked up in a second pass over the
 * manifest, and its contents are read in a third.
 */
final class HardLinkRestorer<R extends RecordSource> {

  private final RawFiles files;
  private final ConflictCheck conflictCheck;
  private final RestoreSink<R> sink;
  private final Map<Inode, FirstName> firsts = new HashMap<>();
  private final Map<Inode, WaitingNames> waiting = new HashMap<>();

  /** How many files of the manifest have begun. */
  private long passed;

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

  /** Names of one inode that wait, in their order in the manifest. */
  private static final class WaitingNames {
    private final Deque<WaitingName> queue = new ArrayDeque<>();

    /** Number of the last file of the inode, from 1; 0 while there is none. */
    private long file;
  }

  /** A name, and how many files begin before it. */
  private record WaitingName(RawPath path, long after) {}

  /** Says how many files lie before the first that is passed. */
  void startAfter(long files) {
    passed = files;
  }

  /** A file begins, whatever becomes of it. An earlier one of its inode has no more names. */
  void passed(ManifestRecord.FileStart file) {
    passed++;
    firsts.remove(inode(file));
  }

  private static Inode inode(ManifestRecord.FileStart file) {
    return new Inode(file.device(), file.metadata().inode());
  }

  /** Notes the first name of a file that is to be in the directory where the sink is. */
  void first(
      RawPath path, ManifestRecord.FileStart file, Resolution resolution, FileOutcome fileOutcome)
      throws FileAccessException {
    FirstName first =
        new FirstName(path, fileOutcome, there(path, resolution), file.metadata().modified());
    firsts.put(inode(file), first);
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
      WaitingNames names = waiting.computeIfAbsent(inode, i -> new WaitingNames());
      names.queue.add(new WaitingName(path, passed));
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
   * @param toLook the whole manifest from its start
   * @param tree the same, to read contents
   */
  void resolve(RecordSource toLook, R tree)
      throws IOException, BackupStoreException, DamagedDataException {
    Map<Long, List<RawPath>> found = lookUp(toLook);
    for (RawPath path : found.getOrDefault(0L, List.of())) {
      sink.notLinked(path, true);
    }
    found.remove(0L);
    tree.passing(true);
    long number = 0;
    while (!found.isEmpty()) {
      ManifestRecord record = tree.next();
      if (record == null || record instanceof ManifestRecord.End) {
        throw new DamagedDataException("The manifest has fewer files than before.");
      }
      if (record instanceof ManifestRecord.FileStart file) {
        number++;
        List<RawPath> paths = found.remove(number);
        if (paths != null) {
          restore(file, paths, tree);
        }
      }
    }
  }

  /** The names that wait by the number of the file that is theirs; 0 for those without one. */
  private Map<Long, List<RawPath>> lookUp(RecordSource tree)
      throws BackupStoreException, DamagedDataException {
    Map<Long, List<RawPath>> found = new HashMap<>();
    // After all that was passed no name waits.
    for (long number = 1; number <= passed; number++) {
      ManifestRecord record = tree.next();
      while (record != null && !(record instanceof ManifestRecord.FileStart)) {
        record = tree.next();
      }
      if (record == null) {
        break;
      }
      WaitingNames names = waiting.get(inode((ManifestRecord.FileStart) record));
      if (names != null) {
        settle(names, number, found);
        names.file = number;
      }
    }
    for (WaitingNames names : waiting.values()) {
      settle(names, Long.MAX_VALUE, found);
    }
    return found;
  }

  /** Those that stand before file {@code number} are names of the file before. */
  private static void settle(WaitingNames names, long number, Map<Long, List<RawPath>> found) {
    WaitingName next = names.queue.peek();
    while (next != null && next.after() < number) {
      found.computeIfAbsent(names.file, file -> new ArrayList<>()).add(next.path());
      names.queue.remove();
      next = names.queue.peek();
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
        if (fileOutcome == FileOutcome.VOID) {
          // Of the file itself the backup told; nobody told of this name.
          sink.notLinked(path, false);
        }
      }
      return new FirstName(
          path, fileOutcome, there(path, name.resolution()), file.metadata().modified());
    } finally {
      sink.leave();
    }
  }
}

package org.hikae.device.backup;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.hikae.device.backup.pack.RunContext;
import org.hikae.device.files.ExtendedAttributes;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.Inode;
import org.hikae.device.files.RawFiles;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.run.ProgressListener.Warning;
import org.hikae.device.run.ProgressListener.WarningKind;
import org.hikae.device.run.RunCounter;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Handles regular files: takes over what is unchanged, reads the rest, and looks again after
 * reading, so that a file that changed meanwhile is read once more and then marked.
 */
final class BackupFileHandler implements RegularFileHandler {

  /** Later than any change. */
  private static final FileTime NEVER = new FileTime(Long.MAX_VALUE, 0);

  private final RunContext run;
  private final RawFiles files;
  private final ExtendedAttributes attributes;
  private final WalkBatchWriter out;
  private final FileChunkReader contents;
  private final PreviousFile previousFile;
  private final RunCounter counts;

  /** Hard-linked files met whose other names are still to come. */
  private final Map<Inode, Long> links = new HashMap<>();

  private final PreviousTreeContents taken;
  private Inode current = new Inode(0, 0);

  BackupFileHandler(
      RunContext run,
      RawFiles files,
      WalkBatchWriter out,
      FileChunkReader contents,
      PreviousFile previousFile,
      RunCounter counts) {
    this.run = run;
    this.files = files;
    this.attributes = files.attributes();
    this.out = out;
    this.contents = contents;
    this.previousFile = previousFile;
    this.counts = counts;
    this.taken = new PreviousTreeContents(previousFile, out);
  }

  /**
   * What is known from the previous snapshot.
   *
   * @param tree its manifest; null when there is none
   * @param trustedBefore files whose inode changed before this are as they were then
   * @param withAttributes whether their extended attributes are taken over, too, and not read
   * @param lost numbers of packs that are no longer stored
   */
  record PreviousFile(
      @Nullable PreviousManifest tree,
      FileTime trustedBefore,
      boolean withAttributes,
      BitSet lost) {}

  @Override
  public void file(EntryLocation place, FileStatus status, ManifestRecord.@Nullable Entry before)
      throws IOException, BackupStoreException, DamagedDataException {
    current = new Inode(status.device(), status.inode());
    if (status.links() > 1 && isLaterLink(current, status)) {
      out.record(new ManifestRecord.HardLink(place.name(), status.device(), status.inode()));
      counts.other();
      return;
    }
    boolean known = before instanceof ManifestRecord.FileStart;
    if (known) {
      counts.changes().met();
    }
    if (before instanceof ManifestRecord.FileStart start
        && isUnchanged(start, status, previousFile.trustedBefore())) {
      start(
          place,
          status,
          previousFile.withAttributes()
              ? EntryMetadata.of(status, start.metadata().attributes())
              : TreeWalk.metadata(run, attributes, counts, place, status));
      if (taken.copy()) {
        out.fileEnd(State.WHOLE);
        counts.file(out.fileLength(), true);
        return;
      }
      EntryMetadata again = TreeWalk.metadata(run, attributes, counts, place, status);
      out.record(new ManifestRecord.Restart(again, status.size()));
      readAfterStart(place);
      return;
    }
    // Read for safety only, because clocks tick coarsely: it is no change that is told.
    boolean same =
        before instanceof ManifestRecord.FileStart start && isUnchanged(start, status, NEVER);
    read(place, known, !same);
  }

  /** A name is a later one when the first was met; the last known name clears the note. */
  private boolean isLaterLink(Inode inode, FileStatus status) {
    Long left = links.get(inode);
    if (left == null) {
      links.put(inode, status.links() - 1);
      return false;
    }
    if (left <= 1) {
      links.remove(inode);
    } else {
      links.put(inode, left - 1);
    }
    return true;
  }

  /** Whether a file is as it was, as far as its inode tells. */
  static boolean isUnchanged(
      ManifestRecord.FileStart before, FileStatus now, FileTime trustedBefore) {
    EntryMetadata then = before.metadata();
    return before.size() == now.size()
        && then.inode() == now.inode()
        && then.modified().equals(now.modified())
        && then.changed().equals(now.changed())
        && now.changed().compareTo(trustedBefore) < 0;
  }

  private void start(EntryLocation place, FileStatus status)
      throws IOException, BackupStoreException {
    start(place, status, TreeWalk.metadata(run, attributes, counts, place, status));
  }

  private void start(EntryLocation place, FileStatus status, EntryMetadata metadata)
      throws IOException, BackupStoreException {
    out.record(
        new ManifestRecord.FileStart(
            place.name(), metadata, status.size(), status.links(), status.device()));
  }

  private void read(EntryLocation place, boolean known, boolean differs)
      throws IOException, BackupStoreException {
    FileHandle fileHandle;
    FileStatus status;
    try {
      fileHandle = files.openFile(place.at(), place.name());
    } catch (FileAccessException e) {
      unreadable(place, e.reason());
      return;
    }
    try (fileHandle) {
      status = files.status(fileHandle);
      if (!TreeWalk.isRegular(status)) {
        unreadable(place, "no longer a regular file");
        return;
      }
      start(place, status);
      if (readOpen(fileHandle, place, status) && differs) {
        counts.changes().read(known, contents.head());
      }
    }
  }

  private void readAfterStart(EntryLocation place) throws IOException, BackupStoreException {
    FileHandle fileHandle;
    try {
      fileHandle = files.openFile(place.at(), place.name());
    } catch (FileAccessException e) {
      out.fileEnd(State.VOID);
      unreadable(place, e.reason());
      return;
    }
    try (fileHandle) {
      var _ = readOpen(fileHandle, place, files.status(fileHandle));
    }
  }

  /** Reads an open file whose start was written; always writes its end; says whether it could. */
  private boolean readOpen(FileHandle fileHandle, EntryLocation place, FileStatus opened)
      throws IOException, BackupStoreException {
    FileStatus before = opened;
    for (int attempt = 0; ; attempt++) {
      FileStatus after;
      try {
        contents.read(fileHandle, before, place::path);
        after = files.status(fileHandle);
      } catch (FileAccessException e) {
        out.fileEnd(State.VOID);
        unreadable(place, e.reason());
        return false;
      }
      if (after.unchangedSince(before) && out.fileLength() == after.size()) {
        out.fileEnd(State.WHOLE);
        counts.file(out.fileLength(), false);
        return true;
      }
      if (attempt == 1) {
        out.fileEnd(State.CHANGED);
        counts.file(out.fileLength(), false);
        counts.failed();
        run.progress().warning(new Warning(place.path(), WarningKind.CHANGED_WHILE_READ, ""));
        return true;
      }
      EntryMetadata again = TreeWalk.metadata(run, attributes, counts, place, after);
      out.record(new ManifestRecord.Restart(again, after.size()));
      before = after;
    }
  }

  private void unreadable(EntryLocation place, String reason) {
    // Another name of the same file is tried for itself.
    links.remove(current);
    counts.failed();
    run.progress().warning(new Warning(place.path(), WarningKind.UNREADABLE, reason));
  }

  /** Takes over the contents of an unchanged file from the previous manifest. */
  private record PreviousTreeContents(PreviousFile known, WalkBatchWriter out) {

    /** False when they cannot be used; what was written so far does not count then. */
    boolean copy() throws IOException, BackupStoreException, DamagedDataException {
      PreviousManifest tree = known.tree();
      if (tree == null) {
        return false;
      }
      while (true) {
        switch (tree.content()) {
          case ManifestRecord.Data data -> {
            for (ChunkRef ref : data.chunks()) {
              if (known.lost().get(ref.pack())) {
                tree.endContent();
                return false;
              }
              out.known(ref);
            }
          }
          case ManifestRecord.Hole hole -> out.hole(hole.length());
          case ManifestRecord.FileEnd end -> {
            tree.endContent();
            return end.state() == State.WHOLE;
          }
          default -> {
            tree.endContent();
            return false;
          }
        }
      }
    }
  }
}

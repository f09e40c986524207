package org.hikae.device.backup;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.hikae.device.backup.PlannedFile.State;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.Inode;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.run.RunCounter;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Compares regular files with the previous snapshot as {@link BackupFileHandler} does, and reads
 * none.
 */
final class PlanFileHandler implements RegularFileHandler, WalkRecordSink {

  private final @Nullable PreviousManifest tree;
  private final FileTime trustedBefore;
  private final RunCounter counts;
  private final Consumer<PlannedFile> sink;
  private final Set<Inode> links = new HashSet<>();
  private long bytesToRead;

  PlanFileHandler(
      @Nullable PreviousManifest tree,
      FileTime trustedBefore,
      RunCounter counts,
      Consumer<PlannedFile> sink) {
    this.tree = tree;
    this.trustedBefore = trustedBefore;
    this.counts = counts;
    this.sink = sink;
  }

  @Override
  public void file(EntryLocation place, FileStatus status, ManifestRecord.@Nullable Entry before)
      throws BackupStoreException, DamagedDataException {
    if (status.links() > 1 && !links.add(new Inode(status.device(), status.inode()))) {
      counts.other();
      return;
    }
    State state = State.NEW;
    if (before instanceof ManifestRecord.FileStart start) {
      boolean same = BackupFileHandler.isUnchanged(start, status, trustedBefore) && isWhole();
      state = same ? State.UNCHANGED : State.CHANGED;
    } else if (before != null) {
      state = State.CHANGED;
    }
    bytesToRead += state == State.UNCHANGED ? 0 : status.size();
    counts.file(status.size(), state == State.UNCHANGED);
    sink.accept(new PlannedFile(place.path(), state, status.size()));
  }

  /** Whether the previous snapshot has the file as it was at one moment. */
  private boolean isWhole() throws BackupStoreException, DamagedDataException {
    PreviousManifest previous = tree;
    if (previous == null) {
      return false;
    }
    ManifestRecord record = previous.content();
    while (record instanceof ManifestRecord.Data || record instanceof ManifestRecord.Hole) {
      record = previous.content();
    }
    previous.endContent();
    return record instanceof ManifestRecord.FileEnd end
        && end.state() == ManifestRecord.FileEnd.State.WHOLE;
  }

  /** Nothing else is of interest. */
  @Override
  public void record(ManifestRecord record) {}

  @Override
  public void end() {}

  /** Plain bytes of the files that would be read. */
  long bytesToRead() {
    return bytesToRead;
  }
}

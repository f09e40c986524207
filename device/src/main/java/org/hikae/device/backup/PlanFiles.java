package org.hikae.device.backup;

import java.util.HashSet;
import java.util.Set;
import org.hikae.device.backup.PlannedFile.State;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.Inode;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.run.RunCounts;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Compares regular files with the previous snapshot as {@link FileWalk} does, and reads none. */
final class PlanFiles implements RegularFiles, WalkRecords {

  private final @Nullable PreviousTree tree;
  private final FileTime trustedBefore;
  private final RunCounts counts;
  private final PlannedFile.Sink sink;
  private final Set<Inode> links = new HashSet<>();
  private long bytesToRead;

  PlanFiles(
      @Nullable PreviousTree tree,
      FileTime trustedBefore,
      RunCounts counts,
      PlannedFile.Sink sink) {
    this.tree = tree;
    this.trustedBefore = trustedBefore;
    this.counts = counts;
    this.sink = sink;
  }

  @Override
  public void file(
      Fd at, byte[] name, RawPath path, FileStatus status, TreeRecord.@Nullable Entry before)
      throws StoreException, DamagedException {
    if (status.links() > 1 && !links.add(new Inode(status.device(), status.inode()))) {
      counts.other();
      return;
    }
    State state = State.NEW;
    if (before instanceof TreeRecord.FileStart start) {
      boolean same = FileWalk.isUnchanged(start, status, trustedBefore) && isWhole();
      state = same ? State.UNCHANGED : State.CHANGED;
    } else if (before != null) {
      state = State.CHANGED;
    }
    bytesToRead += state == State.UNCHANGED ? 0 : status.size();
    counts.file(status.size(), state == State.UNCHANGED);
    sink.take(new PlannedFile(path, state, status.size()));
  }

  /** Whether the previous snapshot has the file as it was at one moment. */
  private boolean isWhole() throws StoreException, DamagedException {
    PreviousTree previous = tree;
    if (previous == null) {
      return false;
    }
    TreeRecord record = previous.content();
    while (record instanceof TreeRecord.Data || record instanceof TreeRecord.Hole) {
      record = previous.content();
    }
    previous.endContent();
    return record instanceof TreeRecord.FileEnd end
        && end.state() == TreeRecord.FileEnd.State.WHOLE;
  }

  /** Nothing else is of interest. */
  @Override
  public void record(TreeRecord record) {}

  @Override
  public void end() {}

  /** Plain bytes of the files that would be read. */
  long bytesToRead() {
    return bytesToRead;
  }
}

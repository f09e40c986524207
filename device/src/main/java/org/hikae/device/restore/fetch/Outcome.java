package org.hikae.device.restore.fetch;

import org.hikae.backup.wire.RunResult;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.RawPath;
import org.hikae.device.run.Progress;
import org.hikae.device.run.Progress.Kind;
import org.hikae.device.run.Progress.Warning;
import org.hikae.device.run.RunCancelledException;
import org.hikae.device.run.RunCounts;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/** What became of each entry, told to the progress as it happens. */
public final class Outcome {

  private final Progress progress;
  private final RunCounts counts;
  private boolean corrupt;

  public Outcome(Progress progress) {
    this.progress = progress;
    this.counts = new RunCounts(progress);
  }

  public void checkCancelled() {
    if (progress.cancelled() || Thread.currentThread().isInterrupted()) {
      throw new RunCancelledException();
    }
  }

  public RunCounts counts() {
    return counts;
  }

  /** An entry could not be written. Throws when no other could be either. */
  public void unwritable(RawPath path, FileAccessException e) throws FileAccessException {
    if (e.isOutOfSpace()) {
      throw e;
    }
    counts.failed();
    progress.warning(new Warning(path, e.isExisting() ? Kind.EXISTS : Kind.UNWRITABLE, e.reason()));
  }

  /** Something that is never replaced is in the way of an entry. */
  public void blocked(RawPath path) throws FileAccessException {
    unwritable(path, FileAccessException.existing(path.name(path.depth() - 1)));
  }

  /** Stored bytes of an entry are damaged. */
  public void damaged(RawPath path, String reason) {
    corrupt = true;
    counts.failed();
    progress.warning(new Warning(path, Kind.DAMAGED, reason));
  }

  /** What a damaged pack should have had came from another snapshot. */
  public void stoodIn(Hash256 pack, String snapshotId) {
    progress.warning(new Warning(RawPath.ROOT, Kind.STOOD_IN, pack.hex() + " < " + snapshotId));
  }

  /** A part of the pack table is damaged. */
  public void packNamesLost() {
    progress.warning(new Warning(RawPath.ROOT, Kind.PACK_NAMES_LOST, ""));
  }

  /** A further name of a file that is not restored. */
  public void notLinked(RawPath path, boolean damaged) {
    corrupt |= damaged;
    counts.failed();
    progress.warning(
        new Warning(
            path,
            damaged ? Kind.DAMAGED : Kind.UNWRITABLE,
            "the file it is another name of is not restored"));
  }

  /** Metadata were set; {@code failure} says why not all, or is null. */
  public void metadata(RawPath path, @Nullable String failure) {
    if (failure != null) {
      counts.failed();
      progress.warning(new Warning(path, Kind.METADATA_UNWRITABLE, failure));
    }
  }

  public RunResult result() {
    if (corrupt) {
      return RunResult.CORRUPT;
    }
    return counts.hasFailures() ? RunResult.PARTIAL : RunResult.SUCCESS;
  }
}

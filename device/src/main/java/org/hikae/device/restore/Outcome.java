package org.hikae.device.restore;

import org.hikae.backup.wire.RunResult;
import org.hikae.device.backup.Progress;
import org.hikae.device.backup.Progress.Kind;
import org.hikae.device.backup.Progress.Warning;
import org.hikae.device.backup.RunCounts;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.RawPath;
import org.hikae.device.run.RunCancelledException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/** What became of each entry, told to the progress as it happens. */
final class Outcome {

  private final Progress progress;
  private final RunCounts counts;
  private boolean corrupt;

  Outcome(Progress progress) {
    this.progress = progress;
    this.counts = new RunCounts(progress);
  }

  void checkCancelled() {
    if (progress.cancelled() || Thread.currentThread().isInterrupted()) {
      throw new RunCancelledException();
    }
  }

  RunCounts counts() {
    return counts;
  }

  /** An entry could not be written. Throws when no other could be either. */
  void unwritable(RawPath path, FileAccessException e) throws FileAccessException {
    if (e.isOutOfSpace()) {
      throw e;
    }
    counts.failed();
    progress.warning(new Warning(path, e.isExisting() ? Kind.EXISTS : Kind.UNWRITABLE, e.reason()));
  }

  /** Something that is never replaced is in the way of an entry. */
  void blocked(RawPath path) throws FileAccessException {
    unwritable(path, FileAccessException.existing(path.name(path.depth() - 1)));
  }

  /** Stored bytes of an entry are damaged. */
  void damaged(RawPath path, String reason) {
    corrupt = true;
    counts.failed();
    progress.warning(new Warning(path, Kind.DAMAGED, reason));
  }

  /** What a damaged pack should have had came from another snapshot. */
  void stoodIn(Hash256 pack, String snapshotId) {
    progress.warning(new Warning(RawPath.ROOT, Kind.STOOD_IN, pack.hex() + " < " + snapshotId));
  }

  /** A part of the pack table is damaged. */
  void packNamesLost() {
    progress.warning(new Warning(RawPath.ROOT, Kind.PACK_NAMES_LOST, ""));
  }

  /** A further name of a file that is not restored. */
  void notLinked(RawPath path, boolean damaged) {
    corrupt |= damaged;
    counts.failed();
    progress.warning(
        new Warning(
            path,
            damaged ? Kind.DAMAGED : Kind.UNWRITABLE,
            "the file it is another name of is not restored"));
  }

  /** Metadata were set; {@code failure} says why not all, or is null. */
  void metadata(RawPath path, @Nullable String failure) {
    if (failure != null) {
      counts.failed();
      progress.warning(new Warning(path, Kind.METADATA_UNWRITABLE, failure));
    }
  }

  RunResult result() {
    if (corrupt) {
      return RunResult.CORRUPT;
    }
    return counts.hasFailures() ? RunResult.PARTIAL : RunResult.SUCCESS;
  }
}

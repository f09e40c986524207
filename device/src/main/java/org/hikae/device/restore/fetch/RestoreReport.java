package org.hikae.device.restore.fetch;

import org.hikae.backup.wire.RunResult;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.RawPath;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.run.ProgressListener.Warning;
import org.hikae.device.run.ProgressListener.WarningKind;
import org.hikae.device.run.RunCancelledException;
import org.hikae.device.run.RunCounter;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/** What became of each entry, told to the progress as it happens. */
public final class RestoreReport {

  private final ProgressListener progress;
  private final RunCounter counts;
  private boolean corrupt;

  public RestoreReport(ProgressListener progress) {
    this.progress = progress;
    this.counts = new RunCounter(progress);
  }

  public void checkCancelled() {
    if (progress.cancelled() || Thread.currentThread().isInterrupted()) {
      throw new RunCancelledException();
    }
  }

  public RunCounter counts() {
    return counts;
  }

  /** An entry could not be written. Throws when no other could be either. */
  public void unwritable(RawPath path, FileAccessException e) throws FileAccessException {
    if (e.isOutOfSpace()) {
      throw e;
    }
    counts.failed();
    progress.warning(
        new Warning(
            path, e.isExisting() ? WarningKind.EXISTS : WarningKind.UNWRITABLE, e.reason()));
  }

  /** So much of a file is written. */
  public void within(RawPath path, long plainBytes) {
    progress.within(() -> path, plainBytes);
  }

  /** Something that is never replaced is in the way of an entry. */
  public void blocked(RawPath path) throws FileAccessException {
    unwritable(path, FileAccessException.existing(path.name(path.depth() - 1)));
  }

  /** Stored bytes of an entry are damaged. */
  public void damaged(RawPath path, String reason) {
    corrupt = true;
    counts.failed();
    progress.warning(new Warning(path, WarningKind.DAMAGED, reason));
  }

  /** What a damaged pack should have had came from another snapshot. */
  public void stoodIn(Hash256 pack, String snapshotId) {
    progress.warning(
        new Warning(RawPath.ROOT, WarningKind.STOOD_IN, pack.hex() + " < " + snapshotId));
  }

  /** The store does not say which packs it keeps for the snapshot, or says what cannot be. */
  public void listUnusable() {
    progress.warning(new Warning(RawPath.ROOT, WarningKind.OBJECT_LIST_UNUSABLE, ""));
  }

  /** A part of the pack table is damaged. */
  public void packNamesLost() {
    progress.warning(new Warning(RawPath.ROOT, WarningKind.PACK_NAMES_LOST, ""));
  }

  /** A file is there whose parts may be of different times. */
  public void changedInBackup(RawPath path) {
    progress.warning(new Warning(path, WarningKind.CHANGED_IN_BACKUP, ""));
  }

  /** A further name of a file that is not restored. */
  public void notLinked(RawPath path, boolean damaged) {
    corrupt |= damaged;
    counts.failed();
    progress.warning(
        new Warning(
            path,
            damaged ? WarningKind.DAMAGED : WarningKind.UNWRITABLE,
            "the file it is another name of is not restored"));
  }

  /** Metadata were set; {@code failure} says why not all, or is null. */
  public void metadata(RawPath path, @Nullable String failure) {
    if (failure != null) {
      counts.failed();
      progress.warning(new Warning(path, WarningKind.METADATA_UNWRITABLE, failure));
    }
  }

  public RunResult result() {
    if (corrupt) {
      return RunResult.CORRUPT;
    }
    return counts.hasFailures() ? RunResult.PARTIAL : RunResult.SUCCESS;
  }
}

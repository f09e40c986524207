package org.hikae.device.backup;

import org.hikae.backup.wire.ChangeFigures;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.run.RunTotals;
import org.jspecify.annotations.Nullable;

/**
 * How a backup ended without an exception.
 *
 * @param result SUCCESS, PARTIAL or CANCELLED
 * @param snapshot what was committed; null when cancelled or only planned
 * @param signed whether this device has signed it
 * @param tally what was done
 * @param changes how it differs from the snapshot before, coarsely; null when nothing was committed
 *     or too little could be compared
 * @param looksEncrypted whether it looks as if malware encrypted files since then
 */
public record BackupResult(
    RunResult result,
    @Nullable SnapshotView snapshot,
    boolean signed,
    RunTotals tally,
    @Nullable ChangeFigures changes,
    boolean looksEncrypted) {

  /** One that committed nothing. */
  BackupResult(RunResult result, RunTotals tally) {
    this(result, null, false, tally, null, false);
  }
}

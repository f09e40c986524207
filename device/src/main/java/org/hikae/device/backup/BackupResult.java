package org.hikae.device.backup;

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
 */
public record BackupResult(
    RunResult result, @Nullable SnapshotView snapshot, boolean signed, RunTotals tally) {}

package org.hikae.device.restore;

import org.hikae.backup.wire.RunResult;
import org.hikae.device.run.RunTotals;

/**
 * How a restore ended without an exception.
 *
 * @param result SUCCESS; PARTIAL when something could not be written; CORRUPT when stored bytes
 *     were missing or damaged; CANCELLED
 * @param tally what was done
 */
public record RestoreResult(RunResult result, RunTotals tally) {}

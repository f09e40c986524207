package org.hikae.device.drill;

import org.hikae.backup.wire.RunResult;
import org.hikae.device.run.RunTotals;

/**
 * How a drill ended without an exception.
 *
 * @param result SUCCESS; CORRUPT when a file of the sample could not be opened; CANCELLED
 * @param files how many were opened
 * @param bytes plain bytes of them that were opened
 * @param failed how many could not be opened
 * @param bytesReceived sealed bytes that came from the store
 */
public record DrillResult(
    RunResult result, long files, long bytes, long failed, long bytesReceived) {

  /** The same as what a run did. */
  public RunTotals totals() {
    return new RunTotals(files, 0, 0, 0, 0, failed, bytes, bytes, 0, bytesReceived, 0);
  }
}

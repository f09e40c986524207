package org.hikae.admin.transparency;

import org.jspecify.annotations.Nullable;

/**
 * What a look at a log came to.
 *
 * @param fault what is wrong; null when everything fits
 * @param size how many entries it says that it has; 0 when that cannot be read
 * @param before how many it had when something was kept of it; 0 when nothing was
 * @param checkpoint its end as it was given
 */
public record TransparencyLogResult(
    @Nullable TransparencyLogFault fault, long size, long before, byte[] checkpoint) {

  /** Copies the bytes. */
  public TransparencyLogResult {
    checkpoint = checkpoint.clone();
  }

  @Override
  public byte[] checkpoint() {
    return checkpoint.clone();
  }

  /** Whether two ends are there that the log has signed and that contradict each other. */
  public boolean isEvidence() {
    return fault == TransparencyLogFault.SHRUNK || fault == TransparencyLogFault.FORKED;
  }
}

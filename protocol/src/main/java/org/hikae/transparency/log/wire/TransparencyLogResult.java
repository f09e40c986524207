package org.hikae.transparency.log.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a log came to.
 *
 * @param fault what is wrong; null when everything fits
 * @param size how many entries it says that it has; 0 when that cannot be read
 * @param before how many it had when something was kept of it; 0 when nothing was
 * @param checkpoint its end as it was given; empty when it could not be had
 * @param failure why something could not be had; null with all faults but {@link
 *     TransparencyLogFault#NO_ANSWER}
 */
public record TransparencyLogResult(
    @Nullable TransparencyLogFault fault,
    long size,
    long before,
    byte[] checkpoint,
    @Nullable IOException failure) {

  /** Copies the bytes. */
  public TransparencyLogResult {
    checkpoint = checkpoint.clone();
  }

  @Override
  public byte[] checkpoint() {
    return checkpoint.clone();
  }

  /** Whether two ends are there that the log has signed and that no proof can join. */
  public boolean isEvidence() {
    return fault == TransparencyLogFault.FORKED;
  }

  /** Whether the log has signed this end. */
  public boolean isSigned() {
    return checkpoint.length > 0 && fault != TransparencyLogFault.BAD_CHECKPOINT;
  }
}

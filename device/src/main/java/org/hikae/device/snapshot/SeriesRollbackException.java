package org.hikae.device.snapshot;

import java.io.Serial;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.store.BackupStoreException;

/**
 * The store shows an older or another snapshot as the newest of a series than this device has seen
 * (spec HK1-S-07): it was set back, or it hides something. Nothing is written then.
 */
public final class SeriesRollbackException extends BackupStoreException {

  @Serial private static final long serialVersionUID = 1L;

  private final long expected;
  private final long found;

  SeriesRollbackException(long expected, long found) {
    super(
        RunResult.CORRUPT,
        "The store's newest snapshot is number "
            + found
            + ", but this device has seen number "
            + expected
            + ".",
        null);
    this.expected = expected;
    this.found = found;
  }

  /** Sequence that the device has seen. */
  public long expected() {
    return expected;
  }

  /** Sequence that the store shows, 0 for none. */
  public long found() {
    return found;
  }
}

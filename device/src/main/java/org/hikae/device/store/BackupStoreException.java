package org.hikae.device.store;

import java.io.Serial;
import org.hikae.backup.wire.RunResult;
import org.jspecify.annotations.Nullable;

/**
 * The store did not do what it was asked, after all tries. Carries how the run ends because of it.
 */
public class BackupStoreException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final RunResult result;

  /**
   * Says why in one sentence.
   *
   * @param result how a run ends because of this, such as NETWORK or REFUSED
   */
  public BackupStoreException(RunResult result, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.result = result;
  }

  /** How a run ends because of this. */
  public RunResult result() {
    return result;
  }
}

package org.hikae.backup.ciphertext.store;

import java.util.Optional;

/**
 * The storage failed: a lost connection, a full disk, a lock waited for too long. Nothing about the
 * request was wrong, and it may be sent again.
 */
public final class CiphertextStoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what was being done. */
  public CiphertextStoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What is wrong with the place beside the database, where that is known to be the cause. */
  public Optional<VolumeFault> fault() {
    return getCause() instanceof VolumeException known
        ? Optional.of(known.fault())
        : Optional.empty();
  }
}

package org.hikae.backup.ciphertext.store;

import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** The place beside the database is not what the database says, or does not do what it has to. */
public final class VolumeException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  private final VolumeFault fault;

  VolumeException(VolumeFault fault, String message) {
    this(fault, message, null);
  }

  /** Says what is wrong, and what said so; neither holds a secret. */
  public VolumeException(VolumeFault fault, String message, @Nullable Throwable cause) {
    super(null, null, message);
    this.fault = fault;
    if (cause != null) {
      initCause(cause);
    }
  }

  /** What is wrong. */
  public VolumeFault fault() {
    return fault;
  }
}

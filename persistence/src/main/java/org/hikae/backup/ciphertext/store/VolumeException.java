package org.hikae.backup.ciphertext.store;

import java.nio.file.FileSystemException;

/** The folder of files is not what the database says. */
final class VolumeException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  private final VolumeFault fault;

  VolumeException(VolumeFault fault, String message) {
    super(null, null, message);
    this.fault = fault;
  }

  VolumeFault fault() {
    return fault;
  }
}

package org.hikae.device.sealing;

import java.io.Serial;

/**
 * Stored bytes are not what this device's set sealed: altered, cut, mixed up, or of another key.
 * The only exception of this package that depends on data.
 */
public class DamagedDataException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** Says in one sentence what was refused. */
  public DamagedDataException(String message) {
    super(message);
  }
}

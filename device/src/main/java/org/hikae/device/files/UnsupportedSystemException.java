package org.hikae.device.files;

import java.io.Serial;

/**
 * This operating system has no implementation of a port yet; docs/packages.md lists what it takes.
 */
public final class UnsupportedSystemException extends UnsupportedOperationException {

  @Serial private static final long serialVersionUID = 1L;

  UnsupportedSystemException(String system) {
    super(system);
  }

  /** Of this computer. */
  static UnsupportedSystemException ofThisComputer() {
    return new UnsupportedSystemException(
        System.getProperty("os.name", "?") + ", " + System.getProperty("os.arch", "?"));
  }

  /** Which system it is. */
  public String system() {
    return String.valueOf(getMessage());
  }
}

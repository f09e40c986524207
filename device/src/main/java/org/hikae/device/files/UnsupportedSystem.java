package org.hikae.device.files;

import java.io.Serial;

/**
 * This operating system has no implementation of a port yet; docs/packages.md lists what it takes.
 */
public final class UnsupportedSystem extends UnsupportedOperationException {

  @Serial private static final long serialVersionUID = 1L;

  UnsupportedSystem(String system) {
    super(system);
  }

  /** Of this computer. */
  static UnsupportedSystem ofThisComputer() {
    return new UnsupportedSystem(
        System.getProperty("os.name", "?") + ", " + System.getProperty("os.arch", "?"));
  }

  /** Which system it is. */
  public String system() {
    return String.valueOf(getMessage());
  }
}

package org.hikae.device.sealing;

import java.io.Serial;

/**
 * What was sealed is in a form that only a later agent knows. That says nothing about who made it:
 * what is in it that could prove that cannot be read.
 */
public final class NewerFormatException extends DamagedDataException {

  @Serial private static final long serialVersionUID = 1L;

  /** Of a snapshot. */
  public NewerFormatException() {
    super("The snapshot was made by a later version of the agent; update this one to read it.");
  }
}

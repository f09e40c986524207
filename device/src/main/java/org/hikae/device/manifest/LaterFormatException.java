package org.hikae.device.manifest;

import java.io.Serial;
import org.hikae.device.sealing.DamagedException;

/** What opened is in a form that only a later agent knows; nothing is wrong with it. */
public final class LaterFormatException extends DamagedException {

  @Serial private static final long serialVersionUID = 1L;

  LaterFormatException() {
    super("The snapshot was made by a later version of the agent; update this one to read it.");
  }
}

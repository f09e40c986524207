package org.hikae.device.search;

import java.io.IOException;
import java.io.Serial;

/** An index would take more of the disk than it may; the one that there was stays. */
public final class IndexTooLargeException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  IndexTooLargeException(long most) {
    super("an index has at most " + most + " bytes");
  }
}

package org.hikae.enrollment.update.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives the signed files of updates. Nothing of it is believed. */
@FunctionalInterface
public interface UpdateSource {

  /**
   * The bytes of a file; null when there is none. At most one byte more than {@link
   * UpdateVerifier#MAX_FILE_BYTES} is looked at.
   *
   * @throws IOException when it cannot be said whether there is one
   */
  byte @Nullable [] get(String file) throws IOException;
}

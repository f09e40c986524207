package org.hikae.enrollment.update.wire;

import java.io.IOException;

/** Keeps what is believed of updates. */
@FunctionalInterface
public interface UpdateTrustSink {

  /**
   * Keeps it in place of what was kept before.
   *
   * @throws IOException when it cannot be kept; then nothing may be built on it
   */
  void keep(UpdateTrust trust) throws IOException;
}

package org.hikae.enrollment.distribution.view;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A package that is ready to be sent, and the place among the downloads that it holds until it is
 * closed.
 *
 * @param offered the package
 * @param body its bytes
 * @param place what is given back
 */
public record AgentDownload(AgentPackageView offered, Body body, Runnable place)
    implements AutoCloseable {

  /** What writes the bytes of a package. */
  @FunctionalInterface
  public interface Body {
    /** Writes all of them, or fails before the last ones. */
    void writeTo(OutputStream out) throws IOException;
  }

  @Override
  public void close() {
    place.run();
  }
}

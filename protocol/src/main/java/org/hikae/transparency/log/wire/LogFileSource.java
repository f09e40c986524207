package org.hikae.transparency.log.wire;

import java.io.IOException;

/** Gives the files of a log by their paths below its address. */
@FunctionalInterface
public interface LogFileSource {

  /**
   * The bytes of a file.
   *
   * @throws IOException when it cannot be had, or is not there
   */
  byte[] get(String path) throws IOException;
}

package org.hikae.transparency.wire;

import java.io.IOException;

/** Gives the tiles of a log, from wherever they lie. */
@FunctionalInterface
public interface TileSource {

  /**
   * The bytes of a tile of hashes or of entries.
   *
   * @throws IOException when it cannot be had, or is not there
   */
  byte[] fetch(TilePath tile) throws IOException;
}

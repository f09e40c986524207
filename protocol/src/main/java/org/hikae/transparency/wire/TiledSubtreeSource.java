package org.hikae.transparency.wire;

import java.io.IOException;
import java.util.LinkedHashMap;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/**
 * Has the subtrees of a log from its tiles. It keeps the tiles that it used last, at most {@link
 * #MAX_KEPT}, which is half a megabyte; a proof needs fewer. Tiles are not believed for being
 * there: what is made of wrong ones proves nothing. Not for several threads.
 */
public final class TiledSubtreeSource implements SubtreeSource {

  private static final int MAX_KEPT = 64;

  private final TileSource tiles;
  private final long size;
  private final LinkedHashMap<TilePath, HashTile> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * The subtrees of a log.
   *
   * @param size how many entries the log has by a checkpoint that was verified
   */
  public TiledSubtreeSource(TileSource tiles, long size) {
    this.tiles = tiles;
    this.size = size;
  }

  @Override
  public Hash256 subtree(int level, long index) throws IOException, MalformedException {
    int height = level % TilePath.HEIGHT;
    int shift = TilePath.HEIGHT - height;
    TilePath path = TilePath.of(level / TilePath.HEIGHT, index >>> shift, size);
    int inTile = (int) (index & ((1L << shift) - 1));
    return tile(path).subtree(height, inTile);
  }

  private HashTile tile(TilePath path) throws IOException, MalformedException {
    HashTile tile = kept.get(path);
    if (tile == null) {
      tile = HashTile.parse(tiles.fetch(path), path.width());
      kept.put(path, tile);
      if (kept.size() > MAX_KEPT) {
        kept.pollFirstEntry();
      }
    }
    return tile;
  }
}

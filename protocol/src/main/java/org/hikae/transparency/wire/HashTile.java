package org.hikae.transparency.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;

/**
 * The hashes of a tile (C2SP tlog-tiles), one behind the other. Those of the levels between this
 * tile and the next are not written, they are computed.
 *
 * @param hashes 1 to {@link TilePath#FULL}
 */
public record HashTile(List<Hash256> hashes) {

  /** Bytes of a full tile. */
  public static final int MAX_BYTES = TilePath.FULL * Hk1Constants.HASH_BYTES;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException when there is no hash, or more than a tile holds
   */
  public HashTile {
    if (hashes.isEmpty() || hashes.size() > TilePath.FULL) {
      throw new IllegalArgumentException("a tile has 1 to " + TilePath.FULL + " hashes");
    }
    hashes = List.copyOf(hashes);
  }

  /**
   * Reads a tile.
   *
   * @param width how many hashes its path promises
   * @throws MalformedException when it has another length
   */
  public static HashTile parse(byte[] bytes, int width) throws MalformedException {
    if (width < 1 || width > TilePath.FULL || bytes.length != width * Hk1Constants.HASH_BYTES) {
      throw new MalformedException("The tile has " + bytes.length + " bytes, not what it should.");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<Hash256> hashes = new ArrayList<>(width);
    while (in.hasRemaining()) {
      hashes.add(Hash256.read(in));
    }
    return new HashTile(hashes);
  }

  /** The bytes of the tile. */
  public byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(MAX_BYTES);
    hashes.forEach(hash -> out.writeBytes(hash.toBytes()));
    return out.toByteArray();
  }

  /**
   * The hash of a subtree within the tile.
   *
   * @param height 0 for one of the written hashes, 8 for the whole of a full tile
   * @param index its number among those of this height
   * @throws IllegalArgumentException when the tile does not have all of it
   */
  public Hash256 subtree(int height, int index) {
    if (height < 0 || height > TilePath.HEIGHT || index < 0 || end(height, index) > hashes.size()) {
      throw new IllegalArgumentException("the tile has no such subtree");
    }
    if (height == 0) {
      return hashes.get(index);
    }
    return MerkleHasher.node(subtree(height - 1, 2 * index), subtree(height - 1, 2 * index + 1));
  }

  private static long end(int height, int index) {
    return (index + 1L) << height;
  }
}

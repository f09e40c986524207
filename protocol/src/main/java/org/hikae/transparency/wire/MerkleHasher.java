package org.hikae.transparency.wire;

import java.security.MessageDigest;
import org.hikae.hk1.Hash256;

/**
 * The hashes of the Merkle tree of RFC 6962, section 2.1 (RFC 9162, section 2.1.1, has the same).
 * An entry and a pair of hashes are hashed behind different bytes, so that neither passes for the
 * other.
 */
public final class MerkleHasher {

  /** The root of a tree without an entry. */
  public static final Hash256 EMPTY_ROOT = Hash256.sha256(new byte[0]);

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private MerkleHasher() {}

  /** The hash that stands for an entry. */
  public static Hash256 leaf(byte[] entry) {
    MessageDigest digest = Hash256.newDigest();
    digest.update(LEAF);
    return Hash256.of(digest.digest(entry));
  }

  /** The hash that stands for two neighbours of the same height, or of a tree split in two. */
  public static Hash256 node(Hash256 left, Hash256 right) {
    MessageDigest digest = Hash256.newDigest();
    digest.update(NODE);
    digest.update(left.toBytes());
    return Hash256.of(digest.digest(right.toBytes()));
  }
}

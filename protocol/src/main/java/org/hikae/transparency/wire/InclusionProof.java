package org.hikae.transparency.wire;

import java.util.List;
import org.hikae.hk1.Hash256;

/**
 * Says that a log has an entry at a place (RFC 6962, section 2.1.1). It is a claim until {@link
 * #proves} holds.
 *
 * @param index the entry's place, from 0
 * @param size how many entries the log has
 * @param hashes from the neighbour of the entry up to that of the root's child, at most {@link
 *     #MAX_HASHES}
 */
public record InclusionProof(long index, long size, List<Hash256> hashes) {

  /** The most hashes that a proof can need: a size has 63 bits. */
  public static final int MAX_HASHES = 63;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException when there are more hashes than any proof has
   */
  public InclusionProof {
    if (hashes.size() > MAX_HASHES) {
      throw new IllegalArgumentException("a proof has at most " + MAX_HASHES + " hashes");
    }
    hashes = List.copyOf(hashes);
  }

  /**
   * Whether the tree of this root and of {@link #size} has the entry at {@link #index} (RFC 9162,
   * section 2.1.3.2). A proof of the impossible proves nothing.
   *
   * @param leaf {@link MerkleHasher#leaf} of the entry, made here and not by who gave the proof
   */
  public boolean proves(Hash256 leaf, Hash256 root) {
    if (index < 0 || index >= size) {
      return false;
    }
    ProofWalk walk = new ProofWalk(index, size - 1);
    Hash256 hash = leaf;
    for (Hash256 next : hashes) {
      if (walk.isAtRoot()) {
        return false;
      }
      hash = walk.isLeftOfNext() ? MerkleHasher.node(hash, next) : MerkleHasher.node(next, hash);
      walk.up();
    }
    return walk.isAtRoot() && hash.equals(root);
  }
}

package org.hikae.transparency.wire;

import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.Hash256;

/**
 * Says that a log begins with all that an earlier one had, in the same order (RFC 6962, section
 * 2.1.2). It is a claim until {@link #proves} holds.
 *
 * @param earlier how many entries the earlier log has
 * @param later how many the later one has
 * @param hashes as RFC 6962 orders them, at most {@link #MAX_HASHES}
 */
public record ConsistencyProof(long earlier, long later, List<Hash256> hashes) {

  /** The most hashes that a proof can need: those of a place, and one more. */
  public static final int MAX_HASHES = 64;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException when there are more hashes than any proof has
   */
  public ConsistencyProof {
    if (hashes.size() > MAX_HASHES) {
      throw new IllegalArgumentException("a proof has at most " + MAX_HASHES + " hashes");
    }
    hashes = List.copyOf(hashes);
  }

  /**
   * Whether the tree with the later root begins with the entries of the tree with the earlier one
   * (RFC 9162, section 2.1.4.2). Every tree begins with the empty one: that says nothing, and is
   * not taken for a proof of anything.
   */
  public boolean proves(Hash256 earlierRoot, Hash256 laterRoot) {
    if (earlier < 1 || later < earlier) {
      return false;
    }
    if (earlier == later) {
      return hashes.isEmpty() && earlierRoot.equals(laterRoot);
    }
    if (hashes.isEmpty()) {
      return false;
    }
    List<Hash256> path = new ArrayList<>(hashes);
    if (Long.bitCount(earlier) == 1) {
      // The earlier tree is one subtree: the reader has its hash, and the proof leaves it out.
      path.addFirst(earlierRoot);
    }
    ProofWalk walk = new ProofWalk(earlier - 1, later - 1);
    walk.upWhileRight();
    Hash256 first = path.getFirst();
    Hash256 second = path.getFirst();
    for (Hash256 next : path.subList(1, path.size())) {
      if (walk.isAtRoot()) {
        return false;
      }
      if (walk.isLeftOfNext()) {
        second = MerkleHasher.node(second, next);
      } else {
        first = MerkleHasher.node(next, first);
        second = MerkleHasher.node(next, second);
      }
      walk.up();
    }
    return walk.isAtRoot() && first.equals(earlierRoot) && second.equals(laterRoot);
  }
}

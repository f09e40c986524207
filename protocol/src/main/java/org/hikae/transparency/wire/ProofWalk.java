package org.hikae.transparency.wire;

/**
 * The way from a node of a tree up to its root, as the verifications of RFC 9162 (sections 2.1.3.2
 * and 2.1.4.2) go it: one step for each hash of a proof.
 */
final class ProofWalk {

  /** {@code fn} of the RFC: the node's place in its level. */
  private long node;

  /** {@code sn} of the RFC: the place of the last node of that level. */
  private long last;

  ProofWalk(long node, long last) {
    this.node = node;
    this.last = last;
  }

  /** Whether nothing lies above: no hash may follow, and none may be missing. */
  boolean isAtRoot() {
    return last == 0;
  }

  /** Whether the next hash is of the node's right neighbour; otherwise it is of the left one. */
  boolean isLeftOfNext() {
    return isLeft() && node != last;
  }

  /** Goes up after a hash was taken. The last node of a level may rise without a neighbour. */
  void up() {
    if (isLeft() && node == last) {
      while (isLeft() && node != 0) {
        shift();
      }
    }
    shift();
  }

  /** Goes up to the root of the largest full subtree that ends with the node. */
  void upWhileRight() {
    while (!isLeft()) {
      shift();
    }
  }

  private boolean isLeft() {
    return (node & 1) == 0;
  }

  private void shift() {
    node >>>= 1;
    last >>>= 1;
  }
}

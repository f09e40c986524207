package org.hikae.transparency.wire;

import java.io.IOException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/** Gives the hashes of the full subtrees of a log, of which all roots and proofs are made. */
@FunctionalInterface
public interface SubtreeSource {

  /**
   * The Merkle tree hash of the entries from {@code index * 2^level} up to, without, {@code (index
   * + 1) * 2^level}. It is asked only for what lies within the tree.
   *
   * @param level height of the subtree, 0 for an entry, at most 62
   * @param index its number among those of its height, from 0
   * @throws IOException when it cannot be had now
   * @throws MalformedException when what holds it has another form than it should
   */
  Hash256 subtree(int level, long index) throws IOException, MalformedException;
}

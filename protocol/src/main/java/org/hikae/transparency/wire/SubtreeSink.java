package org.hikae.transparency.wire;

import org.hikae.hk1.Hash256;

/** Takes the hashes of subtrees as a growing log makes them full. */
@FunctionalInterface
public interface SubtreeSink {

  /**
   * A subtree got its last entry; its hash never changes any more.
   *
   * @param level its height, 0 for an entry
   * @param index its number among those of its height, from 0
   */
  void full(int level, long index, Hash256 hash);
}

package org.hikae.transparency.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/**
 * Makes the roots and proofs of RFC 6962, sections 2.1.1 and 2.1.2, of a tree and of every tree
 * that it grew from. What it makes is right only if its {@link SubtreeSource} is: who cannot rely
 * on that verifies the proof.
 */
public final class MerkleTree {

  private final SubtreeSource subtrees;
  private final long size;

  /**
   * A tree of {@code size} entries.
   *
   * @throws IllegalArgumentException when the size is negative
   */
  public MerkleTree(SubtreeSource subtrees, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("a tree has no negative size");
    }
    this.subtrees = subtrees;
    this.size = size;
  }

  /** How many entries it has. */
  public long size() {
    return size;
  }

  /** The root of the whole tree. */
  public Hash256 root() throws IOException, MalformedException {
    return rootOf(size);
  }

  /**
   * The root that the tree had with {@code earlier} entries.
   *
   * @throws IllegalArgumentException when it never had as many
   */
  public Hash256 rootOf(long earlier) throws IOException, MalformedException {
    if (earlier < 0 || earlier > size) {
      throw new IllegalArgumentException("the tree has " + size + " entries, not " + earlier);
    }
    return earlier == 0 ? MerkleHasher.EMPTY_ROOT : range(0, earlier);
  }

  /**
   * Proves that the tree has an entry at a place.
   *
   * @throws IllegalArgumentException when it has no such place
   */
  public InclusionProof inclusion(long index) throws IOException, MalformedException {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("the tree has " + size + " entries, none at " + index);
    }
    List<Hash256> path = new ArrayList<>();
    addPath(index, 0, size, path);
    return new InclusionProof(index, size, path);
  }

  /**
   * Proves that the tree begins with the entries that it had earlier, in the same order.
   *
   * @param earlier how many these were, at least 1
   * @throws IllegalArgumentException when the tree never had as many
   */
  public ConsistencyProof consistency(long earlier) throws IOException, MalformedException {
    if (earlier < 1 || earlier > size) {
      throw new IllegalArgumentException("the tree has " + size + " entries, not " + earlier);
    }
    List<Hash256> path = new ArrayList<>();
    addSubproof(earlier, 0, size, true, path);
    return new ConsistencyProof(earlier, size, path);
  }

  /** PATH of RFC 6962, section 2.1.1, for the entries from {@code from} to {@code to}. */
  private void addPath(long index, long from, long to, List<Hash256> path)
      throws IOException, MalformedException {
    if (to - from == 1) {
      return;
    }
    long middle = from + split(to - from);
    if (index < middle) {
      addPath(index, from, middle, path);
      path.add(range(middle, to));
    } else {
      addPath(index, middle, to, path);
      path.add(range(from, middle));
    }
  }

  /**
   * SUBPROOF of RFC 6962, section 2.1.2.
   *
   * @param known whether the reader has the hash of these entries: it is the earlier root
   */
  private void addSubproof(long earlier, long from, long to, boolean known, List<Hash256> path)
      throws IOException, MalformedException {
    if (earlier == to) {
      if (!known) {
        path.add(range(from, to));
      }
      return;
    }
    long middle = from + split(to - from);
    if (earlier <= middle) {
      addSubproof(earlier, from, middle, known, path);
      path.add(range(middle, to));
    } else {
      addSubproof(earlier, middle, to, false, path);
      path.add(range(from, middle));
    }
  }

  /** MTH of these entries. It begins where a subtree of its size would. */
  private Hash256 range(long from, long to) throws IOException, MalformedException {
    long length = to - from;
    if (Long.bitCount(length) == 1) {
      int level = Long.numberOfTrailingZeros(length);
      return subtrees.subtree(level, from >>> level);
    }
    long middle = from + split(length);
    return MerkleHasher.node(range(from, middle), range(middle, to));
  }

  /** The largest power of two below {@code length}, which is 2 or more. */
  private static long split(long length) {
    return Long.highestOneBit(length - 1);
  }
}

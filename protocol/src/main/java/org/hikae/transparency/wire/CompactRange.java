package org.hikae.transparency.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;

/**
 * All that a log needs to know of its entries to take the next one: the hashes of the full subtrees
 * that it is made of, the largest first. There are as many as its size has bits that are set.
 *
 * @param size how many entries the log has
 * @param hashes of these subtrees
 */
public record CompactRange(long size, List<Hash256> hashes) {

  /** That of a log without an entry. */
  public static final CompactRange EMPTY = new CompactRange(0, List.of());

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException when the size has another number of subtrees
   */
  public CompactRange {
    if (size < 0 || hashes.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException("the size has another number of subtrees");
    }
    hashes = List.copyOf(hashes);
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws MalformedException when these are not the hashes of a log of this size
   */
  public static CompactRange parse(long size, byte[] bytes) throws MalformedException {
    if (size < 0 || bytes.length != Long.bitCount(size) * Hk1Constants.HASH_BYTES) {
      throw new MalformedException("A log of this size has another number of subtrees.");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<Hash256> hashes = new ArrayList<>();
    while (in.hasRemaining()) {
      hashes.add(Hash256.read(in));
    }
    return new CompactRange(size, hashes);
  }

  /** The hashes, one behind the other. */
  public byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    hashes.forEach(hash -> out.writeBytes(hash.toBytes()));
    return out.toByteArray();
  }

  /**
   * The log with one entry more.
   *
   * @param leaf {@link MerkleHasher#leaf} of the entry
   * @param full is told of each subtree that the entry makes full, from the entry itself upwards
   */
  public CompactRange append(Hash256 leaf, SubtreeSink full) {
    List<Hash256> edge = new ArrayList<>(hashes);
    Hash256 hash = leaf;
    long index = size;
    int level = 0;
    full.full(level, index, hash);
    while ((index & 1) == 1) {
      hash = MerkleHasher.node(edge.removeLast(), hash);
      index >>>= 1;
      level++;
      full.full(level, index, hash);
    }
    edge.add(hash);
    return new CompactRange(size + 1, edge);
  }

  /** The root of the log's tree. */
  public Hash256 root() {
    if (hashes.isEmpty()) {
      return MerkleHasher.EMPTY_ROOT;
    }
    Hash256 root = hashes.getLast();
    for (Hash256 left : hashes.subList(0, hashes.size() - 1).reversed()) {
      root = MerkleHasher.node(left, root);
    }
    return root;
  }
}

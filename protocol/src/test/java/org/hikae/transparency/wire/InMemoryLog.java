package org.hikae.transparency.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.hk1.Hash256;

/** A log whose entries are their own numbers, with every hash by the definition of RFC 6962. */
final class InMemoryLog implements SubtreeSource, TileSource {

  private final List<Hash256> leaves = new ArrayList<>();
  private final Map<Long, Hash256> computed = new HashMap<>();
  private int fetched;

  InMemoryLog(int size) {
    for (int i = 0; i < size; i++) {
      leaves.add(MerkleHasher.leaf(entry(i)));
    }
  }

  static byte[] entry(int index) {
    return ("entry " + index).getBytes(StandardCharsets.UTF_8);
  }

  Hash256 leaf(int index) {
    return leaves.get(index);
  }

  /** MTH of the first entries. */
  Hash256 root(int size) {
    return size == 0 ? MerkleHasher.EMPTY_ROOT : hash(0, size);
  }

  /** MTH as RFC 6962, section 2.1, has it. */
  private Hash256 hash(int from, int to) {
    if (to - from == 1) {
      return leaves.get(from);
    }
    long range = ((long) from << Integer.SIZE) | to;
    Hash256 known = computed.get(range);
    if (known != null) {
      return known;
    }
    int k = 1;
    while (2 * k < to - from) {
      k *= 2;
    }
    Hash256 hash = MerkleHasher.node(hash(from, from + k), hash(from + k, to));
    computed.put(range, hash);
    return hash;
  }

  MerkleTree tree(int size) {
    return new MerkleTree(this, size);
  }

  @Override
  public Hash256 subtree(int level, long index) {
    int length = 1 << level;
    return hash((int) index * length, ((int) index + 1) * length);
  }

  @Override
  public byte[] fetch(TilePath tile) {
    fetched++;
    int first = (int) tile.index() * TilePath.FULL;
    if (tile.level() == TilePath.ENTRIES) {
      List<byte[]> entries = new ArrayList<>();
      for (int i = 0; i < tile.width(); i++) {
        entries.add(entry(first + i));
      }
      return new EntryBundle(entries).encode();
    }
    List<Hash256> hashes = new ArrayList<>();
    for (int i = 0; i < tile.width(); i++) {
      hashes.add(subtree(8 * tile.level(), first + i));
    }
    return new HashTile(hashes).encode();
  }

  /** How often a tile was asked for. */
  int fetched() {
    return fetched;
  }
}

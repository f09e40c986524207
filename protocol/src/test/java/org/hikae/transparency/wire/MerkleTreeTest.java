package org.hikae.transparency.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Test;

/** Trees and proofs, made and attacked (HK1-X-01, HK1-X-02). */
@EveryThirdRun
class MerkleTreeTest {

  /** Every size up to this one is tried with all its proofs. */
  private static final int SIZES = 260;

  /** Every byte of every proof is changed up to this size. */
  private static final int ATTACKED_SIZES = 20;

  private static final InMemoryLog LOG = new InMemoryLog(SIZES);

  @Test
  void roots_are_those_that_were_published() throws Exception {
    List<Hash256> leaves = new ArrayList<>();
    SubtreeSource published = (level, index) -> subtree(leaves, level, (int) index);
    for (Map<String, String> row : PublishedVectors.rows("roots.tsv")) {
      int size = Integer.parseInt(row.getOrDefault("size", ""));
      if (size > 0) {
        leaves.add(MerkleHasher.leaf(HexFormat.of().parseHex(row.getOrDefault("entry", ""))));
      }
      assertThat(new MerkleTree(published, size).root().hex()).isEqualTo(row.get("root"));
    }
    assertThat(leaves).hasSize(8);
  }

  private static Hash256 subtree(List<Hash256> leaves, int level, int index) {
    return level == 0
        ? leaves.get(index)
        : MerkleHasher.node(
            subtree(leaves, level - 1, 2 * index), subtree(leaves, level - 1, 2 * index + 1));
  }

  @Test
  void every_entry_of_every_size_is_proved() throws Exception {
    for (int size = 1; size <= SIZES; size++) {
      Hash256 root = LOG.root(size);
      MerkleTree tree = LOG.tree(size);
      assertThat(tree.root()).isEqualTo(root);
      for (int index = 0; index < size; index++) {
        assertThat(tree.inclusion(index).proves(LOG.leaf(index), root))
            .as("%s of %s", index, size)
            .isTrue();
      }
    }
  }

  @Test
  void every_size_is_proved_to_have_grown_from_every_other() throws Exception {
    for (int later = 1; later <= SIZES; later++) {
      Hash256 root = LOG.root(later);
      MerkleTree tree = LOG.tree(later);
      for (int earlier = 1; earlier <= later; earlier++) {
        ConsistencyProof proof = tree.consistency(earlier);
        assertThat(tree.rootOf(earlier)).isEqualTo(LOG.root(earlier));
        assertThat(proof.proves(LOG.root(earlier), root)).as("%s, %s", earlier, later).isTrue();
      }
    }
  }

  @Test
  void an_inclusion_with_any_change_is_refused() throws Exception {
    for (int size = 1; size <= ATTACKED_SIZES; size++) {
      Hash256 root = LOG.root(size);
      for (int index = 0; index < size; index++) {
        long place = index;
        long entries = size;
        Hash256 leaf = LOG.leaf(index);
        InclusionProof proof = LOG.tree(size).inclusion(index);
        noChangeProves(
            proof.hashes(),
            changed -> new InclusionProof(place, entries, changed).proves(leaf, root));
        for (int other = 0; other < size; other++) {
          if (other != index) {
            assertThat(new InclusionProof(other, size, proof.hashes()).proves(leaf, root))
                .isFalse();
            assertThat(proof.proves(LOG.leaf(other), root)).isFalse();
          }
        }
        assertThat(proof.proves(flipped(leaf, 7), root)).isFalse();
        assertThat(proof.proves(leaf, flipped(root, 7))).isFalse();
      }
    }
  }

  @Test
  void a_consistency_with_any_change_is_refused() throws Exception {
    for (int later = 1; later <= ATTACKED_SIZES; later++) {
      for (int earlier = 1; earlier <= later; earlier++) {
        long before = earlier;
        long after = later;
        Hash256 first = LOG.root(earlier);
        Hash256 second = LOG.root(later);
        ConsistencyProof proof = LOG.tree(later).consistency(earlier);
        noChangeProves(
            proof.hashes(),
            changed -> new ConsistencyProof(before, after, changed).proves(first, second));
        assertThat(proof.proves(flipped(first, 9), second)).isFalse();
        assertThat(proof.proves(first, flipped(second, 9))).isFalse();
        assertThat(earlier == later || !proof.proves(second, first)).isTrue();
      }
    }
  }

  /** Every byte changed, every hash left out, doubled or moved, and one more. */
  private static void noChangeProves(List<Hash256> hashes, Predicate<List<Hash256>> proves) {
    assertThat(proves.test(hashes)).isTrue();
    for (int i = 0; i < hashes.size(); i++) {
      for (int at = 0; at < 32; at++) {
        List<Hash256> changed = new ArrayList<>(hashes);
        changed.set(i, flipped(hashes.get(i), at));
        assertThat(proves.test(changed)).isFalse();
      }
      List<Hash256> shorter = new ArrayList<>(hashes);
      shorter.remove(i);
      assertThat(proves.test(shorter)).isFalse();
      List<Hash256> longer = new ArrayList<>(hashes);
      longer.add(i, hashes.get(i));
      assertThat(proves.test(longer)).isFalse();
      if (i > 0) {
        List<Hash256> moved = new ArrayList<>(hashes);
        moved.add(i - 1, moved.remove(i));
        assertThat(proves.test(moved)).isFalse();
      }
    }
    for (int i = 0; i <= hashes.size(); i++) {
      List<Hash256> longer = new ArrayList<>(hashes);
      longer.add(i, Hash256.ZERO);
      assertThat(proves.test(longer)).isFalse();
    }
  }

  private static Hash256 flipped(Hash256 hash, int at) {
    byte[] bytes = hash.toBytes();
    bytes[at] ^= 1;
    return Hash256.of(bytes);
  }

  /** A log that changed one entry, at every place: nothing joins the two any more. */
  @Test
  void a_fork_has_no_proof() throws Exception {
    int size = 40;
    for (int changed = 0; changed < size; changed++) {
      int place = changed;
      SubtreeSource forked =
          new SubtreeSource() {
            @Override
            public Hash256 subtree(int level, long index) {
              if (level == 0) {
                return index == place ? Hash256.ZERO : LOG.leaf((int) index);
              }
              return MerkleHasher.node(
                  subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1));
            }
          };
      MerkleTree tree = new MerkleTree(forked, size);
      for (int earlier = 1; earlier <= size; earlier++) {
        boolean joined = tree.consistency(earlier).proves(LOG.root(earlier), tree.root());
        assertThat(joined).isEqualTo(earlier <= place);
      }
    }
  }

  /** The size of a proof is no argument of an attacker: 63 bits have few levels. */
  @Test
  void the_largest_tree_has_short_proofs_that_hold() throws Exception {
    // Each subtree of a height has the same hash, so that the tree needs no entries.
    List<Hash256> levels = new ArrayList<>(List.of(LOG.leaf(0)));
    for (int level = 1; level < 63; level++) {
      levels.add(MerkleHasher.node(levels.getLast(), levels.getLast()));
    }
    MerkleTree tree = new MerkleTree((level, index) -> levels.get(level), Long.MAX_VALUE);
    Random random = new Random(TestEffort.seed());
    for (int i = 0; i < 100; i++) {
      long place = random.nextLong(Long.MAX_VALUE);
      InclusionProof inclusion = tree.inclusion(place);
      assertThat(inclusion.hashes()).hasSizeLessThanOrEqualTo(InclusionProof.MAX_HASHES);
      assertThat(inclusion.proves(LOG.leaf(0), tree.root())).isTrue();
      ConsistencyProof consistency = tree.consistency(place + 1);
      assertThat(consistency.hashes()).hasSizeLessThanOrEqualTo(ConsistencyProof.MAX_HASHES);
      assertThat(consistency.proves(tree.rootOf(place + 1), tree.root())).isTrue();
    }
    assertThat(tree.inclusion(0).hashes()).hasSize(InclusionProof.MAX_HASHES);
  }

  @Test
  void the_impossible_proves_nothing() {
    Hash256 leaf = LOG.leaf(0);
    for (long[] place : new long[][] {{-1, 1}, {1, 1}, {0, 0}, {0, -1}, {-2, -1}, {5, 4}}) {
      assertThat(new InclusionProof(place[0], place[1], List.of()).proves(leaf, leaf)).isFalse();
    }
    for (long[] sizes : new long[][] {{0, 0}, {0, 1}, {-1, 1}, {2, 1}, {-1, -1}, {1, 2}}) {
      assertThat(new ConsistencyProof(sizes[0], sizes[1], List.of()).proves(leaf, leaf)).isFalse();
    }
  }

  /** It would be one of another tree, which has the claimed one below it. */
  @Test
  void a_hash_above_the_root_proves_nothing() {
    Hash256 x = MerkleHasher.leaf(new byte[] {9});
    Hash256 leaf = MerkleHasher.leaf(new byte[] {1});
    assertThat(new InclusionProof(0, 1, List.of(x)).proves(leaf, MerkleHasher.node(x, leaf)))
        .isFalse();
    Hash256 third = MerkleHasher.leaf(new byte[] {3});
    Hash256 fourth = MerkleHasher.leaf(new byte[] {4});
    Hash256 earlier = MerkleHasher.node(leaf, third);
    Hash256 later = MerkleHasher.node(leaf, MerkleHasher.node(third, fourth));
    List<Hash256> right = List.of(third, fourth, leaf);
    assertThat(new ConsistencyProof(3, 4, right).proves(earlier, later)).isTrue();
    assertThat(
            new ConsistencyProof(3, 4, List.of(third, fourth, leaf, x))
                .proves(MerkleHasher.node(x, earlier), MerkleHasher.node(x, later)))
        .isFalse();
  }

  @Test
  void a_tree_of_nothing_or_a_smaller_one_later_is_not_proved_by_any_hash() {
    Hash256 root = MerkleHasher.leaf(new byte[] {1});
    for (long[] sizes : new long[][] {{0, 5}, {0, 0}, {-1, 5}, {3, 1}, {3, 2}, {4, 3}}) {
      assertThat(new ConsistencyProof(sizes[0], sizes[1], List.of(root)).proves(root, root))
          .as("%d to %d", sizes[0], sizes[1])
          .isFalse();
    }
  }

  @Test
  void more_hashes_than_any_proof_has_are_not_taken() {
    List<Hash256> many = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      many.add(Hash256.ZERO);
    }
    assertThatThrownBy(() -> new InclusionProof(0, 1, many.subList(0, 64)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ConsistencyProof(1, 2, many))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_a_tree_never_had_is_not_proved() {
    MerkleTree tree = LOG.tree(5);
    assertThatThrownBy(() -> tree.inclusion(5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.inclusion(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.consistency(6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.consistency(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.rootOf(6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.rootOf(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MerkleTree(LOG, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(tree.size()).isEqualTo(5);
  }

  @Test
  void an_empty_tree_has_the_root_of_nothing() throws Exception {
    SubtreeSource nothing =
        (level, index) -> {
          throw new MalformedException("nothing is there");
        };
    assertThat(new MerkleTree(nothing, 0).root()).isEqualTo(Hash256.sha256(new byte[0]));
  }

  /** RFC 6962, section 2.1: without the bytes in front a node could be shown as an entry. */
  @Test
  void a_node_is_no_entry() {
    byte[] pair = new byte[64];
    System.arraycopy(LOG.leaf(0).toBytes(), 0, pair, 0, 32);
    System.arraycopy(LOG.leaf(1).toBytes(), 0, pair, 32, 32);
    assertThat(MerkleHasher.leaf(pair)).isNotEqualTo(MerkleHasher.node(LOG.leaf(0), LOG.leaf(1)));
  }
}

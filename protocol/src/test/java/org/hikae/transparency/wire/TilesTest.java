package org.hikae.transparency.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.Checkpoint;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.SignedCheckpoint;
import org.junit.jupiter.api.Test;

/** Tiles and bundles, and the subtrees that are had from them (HK1-X-03). */
class TilesTest {

  private static final String TESSERA = "tessera-log.tsv";
  private static final int SIZE = 70_000;
  private static final InMemoryLog LOG = new InMemoryLog(SIZE);

  /** How many tiles are. */
  private static final int KEPT = 64;

  /** The log that transparency-dev/tessera publishes for tests. */
  private static final TileSource PUBLISHED = tile -> published(tile.path());

  private static byte[] published(String path) {
    return Base64.getDecoder().decode(PublishedVectors.cell(TESSERA, path, "base64"));
  }

  @Test
  void a_published_log_is_read_whole() throws Exception {
    NoteKey key =
        NoteKey.parse(
            "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
    Checkpoint newest = checkpoint(key, 15);
    MerkleTree tree = new MerkleTree(new TiledSubtreeSource(PUBLISHED, 15), 15);
    assertThat(tree.root()).isEqualTo(newest.root());
    for (int size = 0; size <= 15; size++) {
      Checkpoint checkpoint = checkpoint(key, size);
      assertThat(checkpoint.size()).isEqualTo(size);
      assertThat(tree.rootOf(size)).isEqualTo(checkpoint.root());
      if (size > 0) {
        EntryBundle bundle = EntryBundle.parse(published("tile/entries/000.p/" + size), size);
        assertThat(bundle.tile())
            .isEqualTo(HashTile.parse(published("tile/0/000.p/" + size), size));
        assertThat(tree.inclusion(size - 1).proves(bundle.tile().hashes().getLast(), newest.root()))
            .isTrue();
        assertThat(tree.consistency(size).proves(checkpoint.root(), newest.root())).isTrue();
      }
    }
    assertThat(EntryBundle.parse(published("tile/entries/000.p/15"), 15).entries())
        .extracting(entry -> new String(entry, StandardCharsets.UTF_8))
        .startsWith("one", "two", "three")
        .endsWith("fivten");
  }

  private static Checkpoint checkpoint(NoteKey key, int size) throws Exception {
    return SignedCheckpoint.open(published("checkpoint." + size), key.name(), key, List.of())
        .checkpoint();
  }

  @Test
  void proofs_of_a_large_log_come_from_few_tiles() throws Exception {
    int before = LOG.fetched();
    MerkleTree tree = new MerkleTree(new TiledSubtreeSource(LOG, SIZE), SIZE);
    Hash256 root = LOG.root(SIZE);
    assertThat(tree.root()).isEqualTo(root);
    for (int index : new int[] {0, 255, 256, 65_535, 65_536, 69_888, SIZE - 1}) {
      assertThat(tree.inclusion(index).proves(LOG.leaf(index), root)).isTrue();
      assertThat(tree.consistency(index + 1).proves(LOG.root(index + 1), root)).isTrue();
    }
    assertThat(LOG.fetched() - before).isLessThan(20);
  }

  /** Whatever a tile says instead of its hash: nothing that is made of it is believed. */
  @Test
  void a_wrong_tile_proves_nothing() throws Exception {
    int size = 600;
    Hash256 root = LOG.root(size);
    for (int at = 0; at < 600; at += 37) {
      int changed = at;
      TileSource lying =
          tile -> {
            byte[] bytes = LOG.fetch(tile);
            if (tile.level() == 0 && tile.index() == changed / 256) {
              bytes[32 * (changed % 256)] ^= 1;
            }
            return bytes;
          };
      MerkleTree tree = new MerkleTree(new TiledSubtreeSource(lying, size), size);
      int neighbour = changed ^ 1;
      assertThat(tree.inclusion(neighbour).proves(LOG.leaf(neighbour), root)).isFalse();
    }
  }

  @Test
  void a_tile_of_another_length_is_refused() {
    for (int length : new int[] {0, 31, 32, 63, 65, 96, 8192}) {
      assertThatThrownBy(() -> HashTile.parse(new byte[length], 2))
          .isInstanceOf(MalformedException.class);
      TiledSubtreeSource subtrees = new TiledSubtreeSource(tile -> new byte[length], 2);
      assertThatThrownBy(() -> subtrees.subtree(0, 0)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> HashTile.parse(new byte[0], 0)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> HashTile.parse(new byte[257 * 32], 257))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void a_bundle_has_1_to_256_entries_which_are_copies() throws Exception {
    assertThat(EntryBundle.parse(new byte[2], 1).entries()).containsExactly(new byte[0]);
    assertThat(EntryBundle.parse(new byte[512], 256).entries()).hasSize(256);
    for (int width : new int[] {0, 257}) {
      assertThatThrownBy(() -> EntryBundle.parse(new byte[2 * width], width))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("1 to 256 entries");
    }
    byte[] entry = {1};
    EntryBundle bundle = new EntryBundle(List.of(entry));
    entry[0] = 2;
    bundle.entries().getFirst()[0] = 3;
    assertThat(bundle.entries()).containsExactly(new byte[] {1});
  }

  @Test
  void of_a_large_log_the_tiles_used_last_are_kept() throws Exception {
    TiledSubtreeSource subtrees = new TiledSubtreeSource(LOG, SIZE);
    int before = LOG.fetched();
    for (int tile = 0; tile < KEPT; tile++) {
      assertThat(subtrees.subtree(0, 256L * tile)).isEqualTo(LOG.leaf(256 * tile));
    }
    assertThat(subtrees.subtree(0, 1)).isEqualTo(LOG.leaf(1));
    assertThat(LOG.fetched() - before).as("the first is kept").isEqualTo(KEPT);
    assertThat(subtrees.subtree(0, 256L * KEPT)).isEqualTo(LOG.leaf(256 * KEPT));
    assertThat(subtrees.subtree(0, 2)).as("used last but one").isEqualTo(LOG.leaf(2));
    assertThat(LOG.fetched() - before).isEqualTo(KEPT + 1);
    assertThat(subtrees.subtree(0, 257)).as("not used for longest").isEqualTo(LOG.leaf(257));
    assertThat(LOG.fetched() - before).isEqualTo(KEPT + 2);
  }

  @Test
  void a_tile_that_cannot_be_had_is_not_made_up() {
    TiledSubtreeSource subtrees =
        new TiledSubtreeSource(
            tile -> {
              throw new IOException("not found: " + tile.path());
            },
            300);
    assertThatThrownBy(() -> new MerkleTree(subtrees, 300).root())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tile/1/000.p/1");
  }

  @Test
  void a_tile_gives_the_subtrees_that_it_has_whole() throws Exception {
    HashTile tile = HashTile.parse(LOG.fetch(TilePath.of(0, 0, 7)), 7);
    assertThat(tile.subtree(0, 6)).isEqualTo(LOG.leaf(6));
    assertThat(tile.subtree(2, 0)).isEqualTo(LOG.root(4));
    for (int[] none : new int[][] {{0, 7}, {1, 3}, {2, 1}, {3, 0}, {9, 0}, {-1, 0}, {0, -1}}) {
      assertThatThrownBy(() -> tile.subtree(none[0], none[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    HashTile full = HashTile.parse(LOG.fetch(TilePath.of(0, 0, 256)), 256);
    assertThat(full.subtree(8, 0)).isEqualTo(LOG.root(256));
    assertThat(full.encode()).hasSize(HashTile.MAX_BYTES);
    assertThatThrownBy(() -> new HashTile(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HashTile(Stream.generate(() -> Hash256.ZERO).limit(257).toList()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_bundle_is_read_as_it_was_written() throws Exception {
    List<byte[]> entries = List.of(new byte[0], new byte[] {1}, new byte[65_535]);
    byte[] bytes = new EntryBundle(entries).encode();
    assertThat(EntryBundle.parse(bytes, 3).entries())
        .usingElementComparator(Arrays::compare)
        .isEqualTo(entries);
    for (int width : new int[] {-1, 0, 1, 2, 4, 257}) {
      assertThatThrownBy(() -> EntryBundle.parse(bytes, width))
          .isInstanceOf(MalformedException.class);
    }
    for (int length = 0; length < bytes.length; length += length < 10 ? 1 : 7919) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> EntryBundle.parse(cut, 3)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> EntryBundle.parse(Arrays.copyOf(bytes, bytes.length + 1), 3))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void what_no_bundle_can_hold_is_none() {
    assertThatThrownBy(() -> new EntryBundle(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EntryBundle(List.of(new byte[65_536])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new EntryBundle(Stream.generate(() -> new byte[0]).limit(257).toList()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

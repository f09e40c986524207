package org.hikae.device.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.Cosignature;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteSignatureException;
import org.hikae.transparency.note.wire.SignedCheckpoint;
import org.hikae.transparency.wire.ConsistencyProof;
import org.hikae.transparency.wire.EntryBundle;
import org.hikae.transparency.wire.InclusionProof;
import org.hikae.transparency.wire.MerkleHasher;
import org.hikae.transparency.wire.MerkleTree;
import org.hikae.transparency.wire.TilePath;
import org.hikae.transparency.wire.TiledSubtreeSource;
import org.junit.jupiter.api.Test;

/**
 * A log in docs/spec/vectors/transparency.json, made by transparency.py beside it from the
 * specification alone (HK1-X-01 to HK1-X-06).
 */
class TransparencyVectorsTest {

  private static final SpecVectors ALL = SpecVectors.of("transparency.json");
  private static final int SIZE = 300;

  private final MerkleTree tree =
      new MerkleTree(new TiledSubtreeSource(tile -> ALL.bytes("tiles", tile.path()), SIZE), SIZE);

  private static List<Hash256> hashes(JsonNode list) {
    List<Hash256> hashes = new ArrayList<>();
    list.forEach(hash -> hashes.add(Hash256.of(HexFormat.of().parseHex(hash.textValue()))));
    return hashes;
  }

  private static Hash256 leaf(int index) {
    return MerkleHasher.leaf(
        HexFormat.of().parseHex(ALL.at("entries").node().get(index).textValue()));
  }

  @Test
  void roots_come_from_tiles() throws Exception {
    for (var root : ALL.at("roots").node().properties()) {
      assertThat(tree.rootOf(Long.parseLong(root.getKey())).hex())
          .isEqualTo(root.getValue().textValue());
    }
  }

  @Test
  void bundles_have_the_entries_of_the_tiles() throws Exception {
    for (var bundle : ALL.at("bundles").node().properties()) {
      TilePath path = TilePath.parse(bundle.getKey());
      byte[] bytes = HexFormat.of().parseHex(bundle.getValue().textValue());
      EntryBundle read = EntryBundle.parse(bytes, path.width());
      assertThat(read.encode()).isEqualTo(bytes);
      TilePath hashes = new TilePath(0, path.index(), path.width());
      assertThat(read.tile().encode()).isEqualTo(ALL.bytes("tiles", hashes.path()));
    }
  }

  @Test
  void proofs_are_made_and_hold() throws Exception {
    for (JsonNode each : ALL.at("inclusions").node()) {
      int index = each.required("index").intValue();
      long size = each.required("size").longValue();
      InclusionProof proof = new InclusionProof(index, size, hashes(each.required("proof")));
      assertThat(proof.proves(leaf(index), tree.rootOf(size))).isTrue();
      assertThat(tree(size).inclusion(index)).isEqualTo(proof);
    }
    for (JsonNode each : ALL.at("consistencies").node()) {
      long earlier = each.required("earlier").longValue();
      long later = each.required("later").longValue();
      ConsistencyProof proof = new ConsistencyProof(earlier, later, hashes(each.required("proof")));
      assertThat(proof.proves(tree.rootOf(earlier), tree.rootOf(later))).isTrue();
      assertThat(tree(later).consistency(earlier)).isEqualTo(proof);
    }
  }

  /** The log when it had this size, whose tiles were shorter then. */
  private static MerkleTree tree(long size) {
    return new MerkleTree(
        new TiledSubtreeSource(
            tile -> {
              TilePath now = TilePath.of(tile.level(), tile.index(), SIZE);
              return Arrays.copyOf(ALL.bytes("tiles", now.path()), 32 * tile.width());
            },
            size),
        size);
  }

  private static SignedCheckpoint open(String note) throws Exception {
    NoteKey log = NoteKey.parse(ALL.text("log"));
    return SignedCheckpoint.open(
        note.getBytes(StandardCharsets.UTF_8),
        log.name(),
        log,
        List.of(NoteKey.parse(ALL.text("witness"))));
  }

  @Test
  void the_checkpoint_is_signed_by_both() throws Exception {
    SignedCheckpoint opened = open(ALL.text("checkpoint"));
    assertThat(opened.checkpoint().size()).isEqualTo(SIZE);
    assertThat(opened.checkpoint().root()).isEqualTo(tree.root());
    assertThat(opened.cosignatures())
        .containsExactly(
            new Cosignature(
                NoteKey.parse(ALL.text("witness")), Instant.ofEpochSecond(ALL.number("time"))));
  }

  @Test
  void what_must_be_refused_is() {
    assertThat(ALL.at("badCheckpoints").node()).hasSize(12);
    for (JsonNode bad : ALL.at("badCheckpoints").node()) {
      assertThatThrownBy(() -> open(bad.required("note").textValue()))
          .as(bad.required("why").textValue())
          .isInstanceOfAny(MalformedException.class, NoteSignatureException.class);
    }
  }
}

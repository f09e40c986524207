package org.hikae.device.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.List;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.vectors.SpecVectors;
import org.junit.jupiter.api.Test;

/**
 * HK1-C-05: what a decoder of Zstandard gives is taken when the chunk's identifier proves it,
 * however it was packed; in docs/spec/vectors/formats.json.
 */
class ChunkFrameTest {

  private static final SpecVectors FRAMES = SpecVectors.of("formats.json").at("frames");
  private static final SpecVectors DEVICE = SpecVectors.of("device.json");

  private static byte[] decoded(byte[] frame) throws DamagedDataException {
    byte[] plain = new byte[ChunkFrame.rawLength(frame, frame.length)];
    try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
      ChunkFrame.decode(frame, frame.length, plain, zstd);
    }
    return plain;
  }

  @Test
  void frames_of_every_form_open_to_their_chunk() throws Exception {
    List<JsonNode> cases = FRAMES.at("good").node().valueStream().toList();
    assertThat(cases).isNotEmpty();
    try (BackupKey key =
        BackupKey.of(DEVICE.bytes("setId"), DEVICE.number("generation"), DEVICE.secret("K"))) {
      ChunkIdHasher ids = new ChunkIdHasher(key.subkey(Subkey.CHUNK_ID));
      for (JsonNode each : cases) {
        SpecVectors of = new SpecVectors(each);
        byte[] plain = decoded(of.bytes("frame"));
        assertThat(plain).as(of.text("what")).hasSize((int) of.number("length"));
        assertThat(ids.of(plain, 0, plain.length)).isEqualTo(of.hash("chunkId"));
      }
    }
  }

  @Test
  void what_is_not_exactly_the_length_is_refused() {
    FRAMES.eachIsRefused("bad", ChunkFrameTest::decoded, DamagedDataException.class);
  }
}

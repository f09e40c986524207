package org.hikae.device.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** HK1-C-03, HK1-C-05: frames at their bounds, and one beyond. */
class ChunkFrameBoundsTest {

  private static final int MOST = ChunkFrame.MAX_RAW_BYTES;
  private static final int LEVEL = 3;

  @Test
  void a_length_is_0_to_4_mebibytes() throws Exception {
    for (int length : new int[] {0, 1, MOST}) {
      assertThat(ChunkFrame.rawLength(head(ChunkFrame.RAW, length), 5)).isEqualTo(length);
    }
    for (int length : new int[] {-1, MOST + 1, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> ChunkFrame.rawLength(head(ChunkFrame.RAW, length), 5))
          .isInstanceOf(DamagedDataException.class)
          .hasMessageContaining("an impossible length");
    }
    assertThatThrownBy(() -> ChunkFrame.rawLength(new byte[5], 4))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining("cut short");
  }

  @Test
  void only_the_known_codec_is_decompressed() throws Exception {
    byte[] zeros = new byte[500];
    byte[] frame = ChunkFrame.encode(zeros, 0, zeros.length);
    assertThat(decode(frame)).isEqualTo(zeros);
    for (byte codec : new byte[] {0, 2, -1}) {
      byte[] altered = frame.clone();
      altered[0] = codec;
      assertThatThrownBy(() -> decode(altered))
          .isInstanceOf(DamagedDataException.class)
          .hasMessageContaining("an unknown codec");
    }
  }

  @Test
  void a_chunk_has_at_most_4_mebibytes() throws Exception {
    byte[] most = new byte[ChunkFrame.HEADER_BYTES + MOST + 1];
    byte[] out = new byte[ChunkFrameEncoder.outputBytes(MOST, 1)];
    try (ChunkFrameEncoder encoder = new ChunkFrameEncoder()) {
      ChunkFrameBytes frame = encoder.encode(most, ChunkFrame.HEADER_BYTES, MOST, out, 0);
      assertThat(ChunkFrame.rawLength(frame.array(), frame.length())).isEqualTo(MOST);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.encode(most, ChunkFrame.HEADER_BYTES, MOST + 1, out, 0))
          .withMessage("a chunk has at most 4 MiB, not 4194305");
    }
  }

  @Test
  void from_128_bytes_on_a_chunk_is_compressed() {
    assertThat(ChunkFrame.encode(new byte[128], 0, 128)[0]).isEqualTo(ChunkFrame.ZSTD);
    assertThat(ChunkFrame.encode(new byte[127], 0, 127)[0]).isEqualTo(ChunkFrame.RAW);
  }

  @Test
  void it_is_compressed_when_that_saves_more_than_a_thirty_second_part() {
    Random random = new Random(1);
    int exactly = 0;
    for (int noise = 64; noise < 128; noise++) {
      byte[] chunk = new byte[128];
      byte[] first = new byte[noise];
      random.nextBytes(first);
      System.arraycopy(first, 0, chunk, 0, noise);
      int saved = chunk.length - Zstd.compress(chunk, LEVEL).length;
      exactly += saved == chunk.length / 32 ? 1 : 0;
      byte codec = saved > chunk.length / 32 ? ChunkFrame.ZSTD : ChunkFrame.RAW;
      assertThat(ChunkFrame.encode(chunk, 0, chunk.length)[0]).as("%d", noise).isEqualTo(codec);
    }
    assertThat(exactly).as("chunks that save exactly that").isPositive();
  }

  @Test
  void each_chunk_needs_room_for_its_head() {
    assertThat(ChunkFrameEncoder.outputBytes(0, 1000) - ChunkFrameEncoder.outputBytes(0, 0))
        .isEqualTo(1000 * ChunkFrame.HEADER_BYTES);
  }

  private static byte[] head(byte codec, int length) {
    return ByteBuffer.allocate(ChunkFrame.HEADER_BYTES).put(codec).putInt(length).array();
  }

  private static byte[] decode(byte[] frame) throws DamagedDataException {
    byte[] plain = new byte[ChunkFrame.rawLength(frame, frame.length)];
    Arrays.fill(plain, (byte) 1);
    try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
      ChunkFrame.decode(frame, frame.length, plain, zstd);
    }
    return plain;
  }
}

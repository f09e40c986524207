package org.hikae.device.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PackBufferTest {

  @Test
  void a_part_is_one_of_what_was_added() {
    PackBuffer buffer = new PackBuffer();
    buffer.add(new ChunkFrameBytes(new byte[] {0, 1, 2, 3, 4}, 1, 3));
    buffer.add(new ChunkFrameBytes(new byte[] {5}, 0, 1));

    ChunkFrameBytes all = buffer.part(0, 4);
    assertThat(all.array()).startsWith(1, 2, 3, 5);
    assertThat(all.length()).isEqualTo(4);
    assertThat(buffer.part(3, 1).offset()).isEqualTo(3);
    assertThat(buffer.part(4, 0).length()).isZero();
    for (int[] wrong : new int[][] {{-1, 1}, {0, -1}, {0, 5}, {1, 4}, {5, 0}, {4, 1}}) {
      assertThatIllegalArgumentException()
          .as("%d, %d", wrong[0], wrong[1])
          .isThrownBy(() -> buffer.part(wrong[0], wrong[1]));
    }
  }

  @Test
  void a_pack_has_what_was_added_since_the_one_before() {
    PackBuffer buffer = new PackBuffer();
    byte[] many = new byte[100_000];
    many[99_999] = 7;
    buffer.add(new ChunkFrameBytes(many, 0, many.length));
    buffer.add(new ChunkFrameBytes(many, 99_999, 1));
    ChunkFrameBytes grown = buffer.part(99_998, 3);
    assertThat(grown.array()[99_999]).isEqualTo((byte) 7);
    assertThat(grown.array()[100_000]).isEqualTo((byte) 7);

    buffer.clear();
    buffer.add(new ChunkFrameBytes(new byte[] {9}, 0, 1));

    assertThat(buffer.part(0, 1).array()[0]).isEqualTo((byte) 9);
    assertThatIllegalArgumentException().isThrownBy(() -> buffer.part(0, 2));
  }
}

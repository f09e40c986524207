package org.hikae.backup.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectIdCodecTest {

  @Test
  void writes_the_bytes_of_leb128_distances() {
    assertThat(ObjectIdCodec.encode(new long[] {1, 2, 130, 258, 16642}))
        .containsExactly(0x01, 0x01, 0x80, 0x01, 0x80, 0x01, 0x80, 0x80, 0x01);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 127, 128, 16383, 16384, 1L << 35, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void reads_back_single_ids(long id) {
    assertThat(ObjectIdCodec.decode(ObjectIdCodec.encode(new long[] {id}), 1)).containsExactly(id);
  }

  @Test
  void reads_back_an_empty_list() {
    assertThat(ObjectIdCodec.decode(ObjectIdCodec.encode(new long[0]), 0)).isEmpty();
  }

  @Test
  void takes_about_a_byte_for_neighbours() {
    long[] ids = LongStream.rangeClosed(1_000_000, 1_199_999).toArray();
    byte[] encoded = ObjectIdCodec.encode(ids);
    assertThat(encoded.length).isLessThan(200_010);
    assertThat(ObjectIdCodec.decode(encoded, ids.length)).isEqualTo(ids);
  }

  @Test
  void reads_back_random_lists() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      long[] ids =
          random.longs(random.nextInt(50), 1, Long.MAX_VALUE).sorted().distinct().toArray();
      assertThat(ObjectIdCodec.decode(ObjectIdCodec.encode(ids), ids.length)).isEqualTo(ids);
    }
  }

  @Test
  void refuses_ids_out_of_order_repeated_or_not_positive() {
    for (long[] ids : new long[][] {{2, 1}, {1, 1}, {0}, {-1}}) {
      assertThatIllegalArgumentException().isThrownBy(() -> ObjectIdCodec.encode(ids));
    }
  }

  @Test
  void refuses_more_ids_than_a_list_has() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectIdCodec.encode(new long[ObjectIdCodec.MAX_IDS + 1]));
    assertThatIllegalStateException()
        .isThrownBy(() -> ObjectIdCodec.decode(new byte[0], ObjectIdCodec.MAX_IDS + 1));
  }

  @Test
  void refuses_every_cut_and_every_lengthening() {
    byte[] encoded = ObjectIdCodec.encode(new long[] {5, 300, 70_000, 1L << 40});
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatIllegalStateException().isThrownBy(() -> ObjectIdCodec.decode(cut, 4));
    }
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
    assertThatIllegalStateException().isThrownBy(() -> ObjectIdCodec.decode(longer, 4));
    assertThatIllegalStateException().isThrownBy(() -> ObjectIdCodec.decode(encoded, 3));
    assertThatIllegalStateException().isThrownBy(() -> ObjectIdCodec.decode(encoded, 5));
    assertThatIllegalStateException().isThrownBy(() -> ObjectIdCodec.decode(encoded, -1));
  }

  @Test
  void refuses_distances_that_are_zero_too_long_or_overflow() {
    byte[][] damaged = {
      {0},
      {(byte) 0x80, 0},
      {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
      {-1, -1, -1, -1, -1, -1, -1, -1, 0x7f, 1},
    };
    int[] counts = {1, 1, 1, 2};
    for (int i = 0; i < damaged.length; i++) {
      byte[] bytes = damaged[i];
      int count = counts[i];
      assertThatThrownBy(() -> ObjectIdCodec.decode(bytes, count))
          .as("case %d", i)
          .isInstanceOf(IllegalStateException.class);
    }
  }
}

package org.hikae.hk1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** HK1-K-03, HK1-K-04 and HK1-N-03, as far as the clear head goes. */
class WrapHeaderTest {

  private static final byte[] SET = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  private static final byte[] WRAP = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
  private static final byte[] SALT = Hash256.sha256(SET).toBytes();

  @Test
  void reads_back_what_was_written() throws Exception {
    for (WrapMethod method : WrapMethod.values()) {
      WrapHeader read = WrapHeader.parse(wrap(method));
      assertThat(read.method()).isEqualTo(method);
      assertThat(read.setId()).isEqualTo(SET);
      assertThat(read.wrapId()).isEqualTo(WRAP);
      assertThat(read.generation()).isEqualTo(4294967295L);
      assertThat(read.salt()).isEqualTo(SALT);
      assertThat(read.params()).isEqualTo(params(method));
    }
  }

  @Test
  void every_method_has_parameters_of_its_length() {
    for (WrapMethod method : WrapMethod.values()) {
      int params =
          switch (method) {
            case PASSWORD_VAULT -> 32;
            case DIGIT_KEY -> 0;
            case CHAIN -> 4;
          };
      assertThat(wrap(method)).as("%s", method).hasSize(78 + params + 80);
      assertThat(method.protects()).as("%s", method).isEqualTo(method != WrapMethod.CHAIN);
    }
  }

  @Test
  void refuses_every_other_length() {
    for (WrapMethod method : WrapMethod.values()) {
      byte[] whole = wrap(method);
      for (int length = 0; length <= whole.length + 40; length++) {
        if (length != whole.length) {
          byte[] other = Arrays.copyOf(whole, length);
          assertThatThrownBy(() -> WrapHeader.parse(other))
              .as("%s with %d bytes", method, length)
              .isInstanceOf(MalformedException.class);
        }
      }
    }
  }

  @Test
  void refuses_unknown_magic_suite_method_flags_and_generation_zero() {
    for (int offset : new int[] {0, 3, 4, 5, 6, 7, 76, 77}) {
      byte[] bad = wrap(WrapMethod.DIGIT_KEY);
      bad[offset] ^= 0x40;
      assertThatThrownBy(() -> WrapHeader.parse(bad))
          .as("offset %d", offset)
          .isInstanceOf(MalformedException.class);
    }
    byte[] generationZero = wrap(WrapMethod.DIGIT_KEY);
    Arrays.fill(generationZero, 24, 28, (byte) 0);
    assertThatThrownBy(() -> WrapHeader.parse(generationZero))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refuses_to_write_what_it_would_not_read() {
    for (long generation : new long[] {1, 0xffff_ffffL}) {
      assertThat(head(generation).generation()).isEqualTo(generation);
    }
    for (long generation : new long[] {-1, 0, 0x1_0000_0000L}) {
      assertThatThrownBy(() -> head(generation)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new WrapHeader(WrapMethod.DIGIT_KEY, SET, 1, WRAP, SALT, new byte[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new WrapHeader(WrapMethod.DIGIT_KEY, SET, 1, WRAP, new byte[31], new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] params(WrapMethod method) {
    byte[] params = new byte[method.paramsBytes()];
    Arrays.fill(params, (byte) 3);
    return params;
  }

  private static WrapHeader head(long generation) {
    return new WrapHeader(WrapMethod.DIGIT_KEY, SET, generation, WRAP, SALT, new byte[0]);
  }

  private static byte[] wrap(WrapMethod method) {
    byte[] head = new WrapHeader(method, SET, 4294967295L, WRAP, SALT, params(method)).encode();
    return Arrays.copyOf(head, head.length + WrapHeader.BODY_BYTES);
  }
}

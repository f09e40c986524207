package org.hikae.hk1;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** HK1-G-10: the form of a restic password under K. */
class ResticWrapTest {

  private static byte[] wrap() {
    byte[] wrap = new byte[ResticWrap.BYTES];
    System.arraycopy("HK1t".getBytes(StandardCharsets.US_ASCII), 0, wrap, 0, 4);
    wrap[5] = 1;
    return wrap;
  }

  @Test
  void what_has_the_form_is_taken_whatever_is_in_it() {
    byte[] wrap = wrap();
    assertThatCode(() -> ResticWrap.check(wrap)).doesNotThrowAnyException();
    Arrays.fill(wrap, 8, wrap.length, (byte) 7);
    assertThatCode(() -> ResticWrap.check(wrap)).doesNotThrowAnyException();
  }

  @Test
  void another_length_magic_suite_or_flag_is_refused() {
    for (int length : new int[] {0, 8, ResticWrap.BYTES - 1, ResticWrap.BYTES + 1}) {
      assertRefused(Arrays.copyOf(wrap(), length));
    }
    for (int bit = 0; bit < 8 * 8; bit++) {
      byte[] altered = wrap();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(altered);
    }
  }

  private static void assertRefused(byte[] wrap) {
    assertThatThrownBy(() -> ResticWrap.check(wrap)).isInstanceOf(MalformedException.class);
  }
}

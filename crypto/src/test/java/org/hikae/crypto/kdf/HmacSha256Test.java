package org.hikae.crypto.kdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.crypto.testing.RfcVectors.ascii;
import static org.hikae.crypto.testing.RfcVectors.flip;
import static org.hikae.crypto.testing.RfcVectors.hex;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HmacSha256Test {

  /** RFC 4231, test case 2. */
  private static final String CODE =
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

  private static final byte[] KEY = ascii("Jefe");
  private static final byte[] INPUT = ascii("what do ya want for nothing?");

  @Test
  void gives_the_value_of_rfc_4231() {
    assertThat(hex(HmacSha256.mac(KEY, INPUT))).isEqualTo(CODE);
    assertThat(HmacSha256.verify(KEY, INPUT, hex(CODE))).isTrue();
  }

  @Test
  void refuses_every_flipped_bit_and_every_cut() {
    for (int bit = 0; bit < 256; bit++) {
      assertThat(HmacSha256.verify(KEY, INPUT, flip(hex(CODE), bit))).isFalse();
    }
    for (int length = 0; length < 32; length++) {
      assertThat(HmacSha256.verify(KEY, INPUT, Arrays.copyOf(hex(CODE), length))).isFalse();
    }
  }
}

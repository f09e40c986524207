package org.hikae.device.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hikae.crypto.kdf.SecretBytes;
import org.junit.jupiter.api.Test;

/** HK1-M-06: the rule of chunker 1. */
class PolynomialCutRuleTest {

  private static SecretBytes key(int value) {
    byte[] key = new byte[32];
    key[0] = (byte) value;
    return SecretBytes.take(key);
  }

  private static byte[] noise() {
    byte[] noise = new byte[3 * 1024 * 1024];
    new Random(11).nextBytes(noise);
    return noise;
  }

  @Test
  void a_cut_is_found_wherever_the_search_begins_and_ends() {
    byte[] data = noise();
    CutRule cuts = new PolynomialCutRule(key(1));
    List<Integer> whole = new ArrayList<>();
    List<Integer> pieces = new ArrayList<>();
    for (int at = cuts.find(data, 64, data.length); at >= 0; ) {
      whole.add(at);
      at = at + 1 < data.length ? cuts.find(data, at + 1, data.length) : -1;
    }
    Random sizes = new Random(4);
    for (int at = 64; at < data.length; ) {
      int to = Math.min(data.length, at + 1 + sizes.nextInt(9000));
      int found = cuts.find(data, at, to);
      if (found >= 0) {
        pieces.add(found);
      }
      at = found >= 0 ? found + 1 : to;
    }
    assertThat(whole).hasSizeGreaterThan(1);
    assertThat(pieces).isEqualTo(whole);
  }

  @Test
  void multiplication_is_that_of_the_field() {
    BigInteger prime = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);
    Random random = new Random(9);
    long top = prime.longValueExact() - 1;
    for (int i = 0; i < 100_000; i++) {
      long a = i == 0 ? top : random.nextLong(0, top + 1);
      long b = i < 2 ? top : random.nextLong(0, top + 1);
      assertThat(PolynomialCutRule.multiply(a, b))
          .isEqualTo(
              BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).mod(prime).longValueExact());
    }
  }
}

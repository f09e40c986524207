package org.hikae.crypto.kdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hikae.crypto.testing.RfcVectors.ascii;
import static org.hikae.crypto.testing.RfcVectors.hex;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HkdfTest {

  private static final byte[] KEY = new byte[32];

  /** RFC 5869, Appendix A.1 to A.3. */
  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9,"
        + " 077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5,"
        + " 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '',"
        + " 19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04,"
        + " 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
  })
  void gives_the_values_of_rfc_5869(String ikm, String salt, String info, String prk, String okm) {
    assertThat(hex(Hkdf.extract(hex(salt), hex(ikm)))).isEqualTo(prk);
    assertThat(hex(Hkdf.expand(hex(prk), hex(info), 42))).isEqualTo(okm);
    try (SecretBytes secret = SecretBytes.copyOf(hex(ikm));
        SecretBytes derived = Hkdf.derive(hex(salt), secret, hex(info), 42)) {
      assertThat(hex(derived.expose())).isEqualTo(okm);
    }
  }

  @Test
  void takes_an_empty_salt_for_zeros() {
    assertThat(Hkdf.extract(new byte[0], ascii("ikm")))
        .isEqualTo(Hkdf.extract(new byte[32], ascii("ikm")));
  }

  @Test
  void extracts_from_nothing() {
    assertThat(hex(Hkdf.extract(new byte[0], new byte[0])))
        .isEqualTo("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 8161})
  void refuses_lengths_out_of_range(int length) {
    assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.expand(KEY, KEY, length));
    try (SecretBytes secret = SecretBytes.copyOf(KEY)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Hkdf.derive(KEY, secret, KEY, length).close());
    }
  }

  @Test
  void gives_1_to_8160_bytes() {
    assertThat(Hkdf.expand(KEY, KEY, 1)).hasSize(1);
    assertThat(Hkdf.expand(KEY, KEY, 8160)).hasSize(8160);
  }

  @Test
  void refuses_a_short_key_to_expand() {
    assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.expand(new byte[31], KEY, 1));
  }
}

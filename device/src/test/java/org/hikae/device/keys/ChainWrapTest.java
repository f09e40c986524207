package org.hikae.device.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HK1-K-13. */
class ChainWrapTest {

  private final SecureRandom random = new SecureRandom();
  private final byte[] setId = new byte[16];
  private final BackupKey older = BackupKey.generate(setId, 7, random);
  private final BackupKey newer = BackupKey.generate(setId, 8, random);
  private final byte[] chain = ChainWrap.seal(older, newer, random);

  @Test
  void hk1_k_13_the_new_key_opens_the_old_one_and_not_the_other_way_round() throws Exception {
    try (BackupKey opened = ChainWrap.open(newer, chain)) {
      assertThat(opened.secret()).isEqualTo(older.secret());
      assertThat(opened.generation()).isEqualTo(7);
      assertThat(opened.setId()).isEqualTo(setId);
    }
    assertRefused(older, chain);
    assertRefused(BackupKey.of(setId, 8, older.secret()), chain);
  }

  @ParameterizedTest
  @CsvSource({
    "magic, 0",
    "suite, 5",
    "method, 6",
    "flags, 7",
    "set, 8",
    "generation, 27",
    "wrapId, 28",
    "salt, 44",
    "length, 77",
    "generation above, 81",
    "commitment, 82",
    "K, 114",
    "tag, 161"
  })
  void hk1_k_13_an_altered_field_is_refused(String field, int offset) {
    for (int bit = 0; bit < 8; bit++) {
      byte[] altered = chain.clone();
      altered[offset] ^= (byte) (1 << bit);
      assertRefused(newer, altered);
    }
  }

  @Test
  void hk1_k_13_a_chain_of_another_set_generation_or_method_is_refused() {
    byte[] other = new byte[16];
    other[3] = 9;
    assertRefused(BackupKey.of(other, 8, newer.secret()), chain);
    assertRefused(BackupKey.of(setId, 9, newer.secret()), chain);
    try (SecretBytes secret = newer.subkey(Subkey.CHAIN)) {
      assertRefused(
          newer, WrapSealer.seal(older, WrapMethod.DIGIT_KEY, new byte[0], secret, random));
      assertRefused(
          newer, WrapSealer.seal(older, WrapMethod.CHAIN, new byte[] {0, 0, 0, 9}, secret, random));
      BackupKey skipped = BackupKey.of(setId, 6, older.secret());
      assertRefused(
          newer,
          WrapSealer.seal(skipped, WrapMethod.CHAIN, new byte[] {0, 0, 0, 8}, secret, random));
    }
  }

  @Test
  void only_neighbours_of_one_set_are_chained() {
    BackupKey far = BackupKey.generate(setId, 9, random);
    BackupKey elsewhere =
        BackupKey.generate(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 8, random);
    for (BackupKey wrong : new BackupKey[] {far, elsewhere, older}) {
      assertThatThrownBy(() -> ChainWrap.seal(older, wrong, random))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void the_layout_is_that_of_the_specification() throws Exception {
    assertThat(chain).hasSize(78 + 4 + WrapHeader.BODY_BYTES);
    assertThat(WrapHeader.parse(chain).params()).containsExactly(0, 0, 0, 8);
    assertThat(chain[6]).isEqualTo((byte) 5);
  }

  private static void assertRefused(BackupKey newer, byte[] wrap) {
    assertThatThrownBy(() -> ChainWrap.open(newer, wrap))
        .isInstanceOfAny(CryptoException.class, MalformedException.class);
  }
}

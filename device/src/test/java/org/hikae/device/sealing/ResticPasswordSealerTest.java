package org.hikae.device.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ResticWrap;
import org.junit.jupiter.api.Test;

/** HK1-G-10: passwords of restic under K. */
class ResticPasswordSealerTest {

  private final SecureRandom random = new SecureRandom();
  private final BackupKey k = BackupKey.generate(filled(1), 1, random);
  private final SecretBytes key = k.subkey(Subkey.RESTIC);
  private final ResticPasswordSealer.PasswordPlace place =
      ResticPasswordSealer.PasswordPlace.of(k, filled(2));

  private static byte[] filled(int value) {
    byte[] id = new byte[16];
    Arrays.fill(id, (byte) value);
    return id;
  }

  private static SecretBytes password(String text) {
    return SecretBytes.take(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] sealed(String text) {
    return ResticPasswordSealer.seal(key, place, password(text), random);
  }

  @Test
  void a_password_opens_in_its_place_and_all_have_one_length() throws Exception {
    for (String text : List.of("x", "控えのパスワード", "y".repeat(254))) {
      byte[] wrap = sealed(text);
      assertThat(wrap).hasSize(ResticWrap.BYTES);
      ResticWrap.check(wrap);
      assertThat(ResticPasswordSealer.open(key, place, wrap)).isEqualTo(password(text));
    }
    assertThat(sealed("same")).isNotEqualTo(sealed("same"));
  }

  @Test
  void hk1_c_06_equal_random_bytes_do_not_give_two_passwords_one_key() {
    byte[] one = ResticPasswordSealer.seal(key, place, password("one"), new RepeatingRandom());
    byte[] two = ResticPasswordSealer.seal(key, place, password("two"), new RepeatingRandom());
    assertThat(Arrays.copyOfRange(one, 8, 40)).isNotEqualTo(Arrays.copyOfRange(two, 8, 40));
  }

  @Test
  void an_empty_or_too_long_password_is_the_callers_mistake() {
    for (String text : List.of("", "z".repeat(255))) {
      assertThatThrownBy(() -> sealed(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void every_flipped_bit_and_every_other_length_is_refused() {
    byte[] wrap = sealed("secret");
    for (int bit = 0; bit < 8 * wrap.length; bit++) {
      byte[] altered = wrap.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(key, place, altered);
    }
    for (int length = 0; length < wrap.length + 20; length++) {
      if (length != wrap.length) {
        assertRefused(key, place, Arrays.copyOf(wrap, length));
      }
    }
  }

  @Test
  void it_opens_for_no_other_repository_set_generation_or_key() {
    byte[] wrap = sealed("secret");
    assertRefused(key, ResticPasswordSealer.PasswordPlace.of(k, filled(3)), wrap);
    assertRefused(key, new ResticPasswordSealer.PasswordPlace(filled(4), 1, filled(2)), wrap);
    assertRefused(key, new ResticPasswordSealer.PasswordPlace(k.setId(), 2, filled(2)), wrap);
    assertRefused(k.subkey(Subkey.MANIFEST), place, wrap);
    BackupKey stranger = BackupKey.generate(filled(1), 1, random);
    assertRefused(stranger.subkey(Subkey.RESTIC), place, wrap);
  }

  @Test
  void another_sealed_object_is_none() {
    SealContext context = new SealContext(k.setId(), 1, filled(2));
    byte[] root =
        SealedRoot.seal(
            key, new SealedRoot.SeriesPlace(context, 1, Hash256.ZERO), new byte[100], random);
    assertRefused(key, place, root);
    assertThatThrownBy(() -> ResticWrap.check(root)).isInstanceOf(MalformedException.class);
  }

  private static void assertRefused(
      SecretBytes key, ResticPasswordSealer.PasswordPlace where, byte[] wrap) {
    assertThatThrownBy(() -> ResticPasswordSealer.open(key, where, wrap))
        .isInstanceOf(DamagedDataException.class);
  }
}

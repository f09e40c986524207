package org.hikae.device.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

/** HK1-S-06. */
class SealedRootTest {

  private final SecureRandom random = new SecureRandom();
  private final SecretBytes key = SecretBytes.random(random, 32);
  private final SealContext context = new SealContext(new byte[16], 1, new byte[16]);
  private final SealedRoot.SeriesPlace place = new SealedRoot.SeriesPlace(context, 1, Hash256.ZERO);
  private final byte[] content = {5, 6, 7};

  @Test
  void a_root_opens_in_its_place() throws Exception {
    byte[] object = SealedRoot.seal(key, place, content, random);
    assertThat(SealedRoot.open(key, place, object)).isEqualTo(content);
    assertThat(PadmePadding.size((long) object.length)).isEqualTo(object.length);
    assertThat(SealedRoot.open(key, place, SealedRoot.seal(key, place, new byte[0], random)))
        .isEmpty();
  }

  @Test
  void every_flipped_bit_and_every_other_length_is_refused() {
    byte[] object = SealedRoot.seal(key, place, content, random);
    for (int bit = 0; bit < 8 * object.length; bit++) {
      byte[] altered = object.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(place, altered);
    }
    for (int length = 0; length < object.length + 20; length++) {
      if (length != object.length) {
        assertRefused(place, Arrays.copyOf(object, length));
      }
    }
  }

  @Test
  void hk1_c_06_equal_random_bytes_do_not_give_two_roots_one_key() {
    byte[] one = SealedRoot.seal(key, place, content, new RepeatingRandom());
    byte[] two = SealedRoot.seal(key, place, new byte[] {5, 6, 8}, new RepeatingRandom());
    assertThat(Arrays.copyOfRange(one, 8, 40)).isNotEqualTo(Arrays.copyOfRange(two, 8, 40));
  }

  @Test
  void hk1_s_06_a_root_does_not_open_in_any_other_place() {
    byte[] object = SealedRoot.seal(key, place, content, random);
    byte[] other = new byte[16];
    other[0] = 1;
    Hash256 hash = Hash256.sha256(other);
    List<SealedRoot.SeriesPlace> places =
        List.of(
            new SealedRoot.SeriesPlace(context, 2, Hash256.ZERO),
            new SealedRoot.SeriesPlace(context, 1, hash),
            new SealedRoot.SeriesPlace(new SealContext(other, 1, new byte[16]), 1, Hash256.ZERO),
            new SealedRoot.SeriesPlace(
                new SealContext(new byte[16], 2, new byte[16]), 1, Hash256.ZERO),
            new SealedRoot.SeriesPlace(new SealContext(new byte[16], 1, other), 1, Hash256.ZERO));
    places.forEach(elsewhere -> assertRefused(elsewhere, object));
  }

  /** HK1-D-09. */
  @Test
  void an_unknown_suite_or_flag_is_a_later_form() {
    for (int position : new int[] {4, 5, 6, 7}) {
      byte[] object = SealedRoot.seal(key, place, content, random);
      object[position] ^= 2;
      assertThatThrownBy(() -> SealedRoot.open(key, place, object))
          .isInstanceOf(NewerFormatException.class);
    }
  }

  @Test
  void a_pack_is_no_root() {
    PackWriter pack = new PackWriter(key, context, random);
    pack.add(Hash256.ZERO, content, 0, 3);
    assertRefused(place, pack.finish().object());
  }

  private void assertRefused(SealedRoot.SeriesPlace where, byte[] object) {
    assertThatThrownBy(() -> SealedRoot.open(key, where, object))
        .isInstanceOf(DamagedDataException.class);
  }
}

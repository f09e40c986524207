package org.hikae.device.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.kdf.SecretBytes;
import org.junit.jupiter.api.Test;

/** A block opens in its place, and nowhere else. */
class LocalBlockSealerTest {

  private static final int NUMBER = 3;

  private final SecureRandom random = new SecureRandom();
  private final SecretBytes key = SecretBytes.random(random, 32);
  private final SealContext series = new SealContext(new byte[16], 1, new byte[16]);
  private final byte[] file = random.generateSeed(16);
  private final LocalBlockSealer sealer = new LocalBlockSealer(key, series, file);
  private final byte[] plain = "a few names".getBytes(StandardCharsets.US_ASCII);

  private static void assertRefused(LocalBlockSealer by, int number, byte[] block) {
    assertThatThrownBy(() -> by.open(number, block)).isInstanceOf(DamagedDataException.class);
  }

  @Test
  void a_block_of_any_length_comes_back() throws Exception {
    for (byte[] content : new byte[][] {plain, {}, new byte[100_000]}) {
      byte[] block = sealer.seal(NUMBER, content, random);
      assertThat(block).hasSize(SealHeader.BYTES + content.length + AesGcm.TAG_BYTES);
      assertThat(sealer.open(NUMBER, block)).isEqualTo(content);
    }
  }

  @Test
  void a_block_opens_for_its_number_file_series_and_key_only() throws Exception {
    byte[] block = sealer.seal(NUMBER, plain, random);
    byte[] other = file.clone();
    other[15] ^= 1;
    SealContext later = new SealContext(new byte[16], 2, new byte[16]);

    assertThat(new LocalBlockSealer(key, series, file).open(NUMBER, block)).isEqualTo(plain);
    assertRefused(sealer, NUMBER + 1, block);
    assertRefused(sealer, 0, block);
    assertRefused(new LocalBlockSealer(key, series, other), NUMBER, block);
    assertRefused(new LocalBlockSealer(key, later, file), NUMBER, block);
    assertRefused(
        new LocalBlockSealer(SecretBytes.random(random, 32), series, file), NUMBER, block);
  }

  @Test
  void every_flipped_bit_and_every_other_length_is_refused() {
    byte[] block = sealer.seal(NUMBER, plain, random);
    for (int bit = 0; bit < 8 * block.length; bit++) {
      byte[] altered = block.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(sealer, NUMBER, altered);
    }
    for (int length = 0; length < block.length + 20; length++) {
      if (length != block.length) {
        assertRefused(sealer, NUMBER, Arrays.copyOf(block, length));
      }
    }
  }
}

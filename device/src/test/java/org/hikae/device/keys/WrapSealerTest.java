package org.hikae.device.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HK1-K-01 to HK1-K-05. */
class WrapSealerTest {

  private final SecureRandom random = new SecureRandom();
  private final BackupKey key = BackupKey.generate(new byte[16], 7, random);
  private final SecretBytes secret = SecretBytes.random(random, 32);

  private byte[] seal(WrapMethod method) {
    return WrapSealer.seal(key, method, new byte[method.paramsBytes()], secret, random);
  }

  private static void assertRefused(byte[] wrap, SecretBytes secret) {
    assertThatThrownBy(() -> WrapSealer.open(wrap, secret))
        .isInstanceOfAny(CryptoException.class, MalformedException.class);
  }

  @ParameterizedTest
  @EnumSource(WrapMethod.class)
  void a_wrap_opens_to_the_same_key(WrapMethod method) throws Exception {
    try (BackupKey opened = WrapSealer.open(seal(method), secret)) {
      assertThat(opened.secret()).isEqualTo(key.secret());
      assertThat(opened.setId()).isEqualTo(key.setId());
      assertThat(opened.generation()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @EnumSource(WrapMethod.class)
  void hk1_k_04_every_flipped_bit_is_refused(WrapMethod method) {
    byte[] wrap = seal(method);
    for (int bit = 0; bit < 8 * wrap.length; bit++) {
      byte[] altered = wrap.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(altered, secret);
    }
  }

  @ParameterizedTest
  @EnumSource(WrapMethod.class)
  void hk1_k_04_every_other_length_is_refused(WrapMethod method) {
    byte[] wrap = seal(method);
    for (int length = 0; length < wrap.length + 40; length++) {
      if (length != wrap.length) {
        assertRefused(Arrays.copyOf(wrap, length), secret);
      }
    }
  }

  /** Else whoever alters a wrap would learn whether the secret was right. */
  @Test
  void another_secret_and_an_altered_wrap_read_the_same() {
    byte[] wrap = seal(WrapMethod.DIGIT_KEY);
    assertReadsAlike(wrap, SecretBytes.random(random, 32));
    for (int i = wrap.length - WrapHeader.BODY_BYTES; i < wrap.length; i++) {
      byte[] altered = wrap.clone();
      altered[i] ^= 1;
      assertReadsAlike(altered, secret);
    }
  }

  private static void assertReadsAlike(byte[] wrap, SecretBytes secret) {
    assertThatThrownBy(() -> WrapSealer.open(wrap, secret))
        .isInstanceOf(CryptoException.class)
        .hasNoCause()
        .hasMessage("This secret does not open the wrap, or the wrap was altered.");
  }

  @Test
  void hk1_k_05_no_two_wraps_share_a_salt_or_an_identifier() throws Exception {
    WrapHeader first = WrapHeader.parse(seal(WrapMethod.DIGIT_KEY));
    WrapHeader second = WrapHeader.parse(seal(WrapMethod.DIGIT_KEY));
    assertThat(first.salt()).isNotEqualTo(second.salt());
    assertThat(first.wrapId()).isNotEqualTo(second.wrapId());
  }

  /**
   * A ciphertext and tag that AES-GCM accepts under two keys: the attacker's wrap is refused for
   * the second secret, although its sealed part would open.
   */
  @Test
  void a_ciphertext_of_two_keys_opens_under_the_committed_one_only() throws Exception {
    SecretBytes other = SecretBytes.random(random, 32);
    byte[] wrap = seal(WrapMethod.DIGIT_KEY);
    int head = wrap.length - WrapHeader.BODY_BYTES;
    byte[] aad = Arrays.copyOf(wrap, head + 32);
    byte[] first = sealKey(wrap, head, secret);
    byte[] second = sealKey(wrap, head, other);
    byte[] sealed = Salamander.make(first, second, aad);
    assertThat(AesGcm.open(first, new byte[12], aad, sealed)).hasSize(32);
    assertThat(AesGcm.open(second, new byte[12], aad, sealed)).hasSize(32);
    byte[] both = Arrays.copyOf(aad, wrap.length);
    System.arraycopy(sealed, 0, both, aad.length, sealed.length);
    WrapSealer.open(both, secret).close();
    assertRefused(both, other);
  }

  private static byte[] sealKey(byte[] wrap, int head, SecretBytes secret) {
    byte[] hash = Hash256.sha256(Arrays.copyOf(wrap, head)).toBytes();
    byte[] label = "HK1 wrap".getBytes(StandardCharsets.US_ASCII);
    byte[] info = Arrays.copyOf(label, label.length + 32);
    System.arraycopy(hash, 0, info, label.length, 32);
    return Arrays.copyOf(
        Hkdf.derive(Arrays.copyOfRange(wrap, 44, 76), secret, info, 64).expose(), 32);
  }

  @Test
  void nothing_shows_a_key() {
    String hex = java.util.HexFormat.of().formatHex(key.secret().expose());
    assertThat(key.toString()).contains("REDACTED").doesNotContain(hex);
    key.close();
    assertThatThrownBy(key::secret).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void subkeys_differ_from_each_other_and_between_sets() {
    byte[] set = new byte[16];
    set[0] = 1;
    BackupKey elsewhere = BackupKey.of(set, 7, key.secret());
    for (Subkey one : Subkey.values()) {
      assertThat(key.subkey(one)).isNotEqualTo(elsewhere.subkey(one));
      for (Subkey two : Subkey.values()) {
        assertThat(key.subkey(one).equals(key.subkey(two))).isEqualTo(one == two);
      }
    }
  }

  @Test
  void the_owner_key_is_the_same_on_every_device() {
    assertThat(key.ownerKey(random).publicKey().encode())
        .isEqualTo(key.copy().ownerKey(new SecureRandom()).publicKey().encode());
  }

  /** Makes a two-block message whose tag holds under two keys, by solving for the last block. */
  static final class Salamander {

    private Salamander() {}

    static byte[] make(byte[] key1, byte[] key2, byte[] aad) throws Exception {
      // Tag = E(J0) + GHASH: linear in the ciphertext, so one free block makes both tags equal.
      int aadBlocks = (aad.length + 15) / 16;
      byte[][] aadPadded = blocks(aad, aadBlocks);
      byte[] fixed = new byte[16];
      byte[] lengths =
          java.nio.ByteBuffer.allocate(16).putLong(8L * aad.length).putLong(8L * 32).array();
      Gf difference =
          tagWithoutFree(key1, aadPadded, fixed, lengths)
              .add(tagWithoutFree(key2, aadPadded, fixed, lengths));
      Gf h1 = Gf.of(encrypt(key1, new byte[16]));
      Gf h2 = Gf.of(encrypt(key2, new byte[16]));
      // The free block is the second of two: it is multiplied by H twice.
      Gf factor = h1.multiply(h1).add(h2.multiply(h2));
      byte[] free = difference.multiply(factor.inverse()).bytes();
      byte[] tag =
          tagWithoutFree(key1, aadPadded, fixed, lengths)
              .add(Gf.of(free).multiply(h1).multiply(h1))
              .bytes();
      return java.nio.ByteBuffer.allocate(48).put(fixed).put(free).put(tag).array();
    }

    private static Gf tagWithoutFree(byte[] key, byte[][] aad, byte[] first, byte[] lengths)
        throws Exception {
      Gf h = Gf.of(encrypt(key, new byte[16]));
      Gf hash = Gf.of(new byte[16]);
      for (byte[] block : aad) {
        hash = hash.add(Gf.of(block)).multiply(h);
      }
      hash = hash.add(Gf.of(first)).multiply(h);
      hash = hash.multiply(h);
      hash = hash.add(Gf.of(lengths)).multiply(h);
      byte[] counter = new byte[16];
      counter[15] = 1;
      return hash.add(Gf.of(encrypt(key, counter)));
    }

    private static byte[][] blocks(byte[] bytes, int count) {
      byte[][] blocks = new byte[count][];
      for (int i = 0; i < count; i++) {
        blocks[i] =
            Arrays.copyOf(
                Arrays.copyOfRange(bytes, 16 * i, Math.min(bytes.length, 16 * i + 16)), 16);
      }
      return blocks;
    }

    private static byte[] encrypt(byte[] key, byte[] block) throws Exception {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      return cipher.doFinal(block);
    }
  }

  /** GF(2^128) in GCM's bit order. */
  record Gf(long high, long low) {

    static Gf of(byte[] block) {
      java.nio.ByteBuffer in = java.nio.ByteBuffer.wrap(block);
      return new Gf(in.getLong(), in.getLong());
    }

    byte[] bytes() {
      return java.nio.ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    Gf add(Gf other) {
      return new Gf(high ^ other.high, low ^ other.low);
    }

    Gf multiply(Gf other) {
      Gf product = new Gf(0, 0);
      Gf power = this;
      for (int bit = 0; bit < 128; bit++) {
        long word = bit < 64 ? other.high : other.low;
        if ((word >>> (63 - bit % 64) & 1) != 0) {
          product = product.add(power);
        }
        boolean carry = (power.low & 1) != 0;
        power = new Gf(power.high >>> 1, power.low >>> 1 | power.high << 63);
        if (carry) {
          power = new Gf(power.high ^ 0xe100000000000000L, power.low);
        }
      }
      return product;
    }

    Gf inverse() {
      // a^(2^128 - 2)
      Gf result = new Gf(0x8000000000000000L, 0);
      Gf power = this;
      for (int i = 1; i < 128; i++) {
        power = power.multiply(power);
        result = result.multiply(power);
      }
      return result;
    }
  }
}

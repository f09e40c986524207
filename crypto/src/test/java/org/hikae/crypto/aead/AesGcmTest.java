package org.hikae.crypto.aead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hikae.crypto.testing.RfcVectors.ascii;
import static org.hikae.crypto.testing.RfcVectors.flip;
import static org.hikae.crypto.testing.RfcVectors.hex;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.hikae.crypto.CryptoException;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EveryThirdRun
class AesGcmTest {

  private static final byte[] KEY =
      hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  private static final byte[] NONCE = hex("cafebabefacedbaddecaf888");
  private static final byte[] AAD = ascii("aad");

  /** Test case 16 of the GCM specification (McGrew and Viega), 256-bit key. */
  @Test
  void gives_the_value_of_the_specification() throws CryptoException {
    byte[] plaintext =
        hex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    byte[] aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    byte[] sealed = AesGcm.seal(KEY, NONCE, aad, plaintext);
    assertThat(hex(sealed))
        .isEqualTo(
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                + "76fc6ece0f4e1768cddf8853bb2d551b");
    assertThat(AesGcm.open(KEY, NONCE, aad, sealed)).isEqualTo(plaintext);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 16383, 16384, 16385, 40000})
  void seals_as_another_implementation_whatever_the_slices(int length) throws Exception {
    byte[] plaintext = new byte[length];
    Arrays.fill(plaintext, (byte) 0x5a);
    GCMModeCipher peer = GCMBlockCipher.newInstance(AESEngine.newInstance());
    peer.init(true, new AEADParameters(new KeyParameter(KEY), 128, NONCE, AAD));
    byte[] expected = new byte[length + AesGcm.TAG_BYTES];
    int written = peer.processBytes(plaintext, 0, length, expected, 0);
    peer.doFinal(expected, written);

    assertThat(AesGcm.seal(KEY, NONCE, AAD, plaintext)).isEqualTo(expected);
    assertThat(AesGcm.open(KEY, NONCE, AAD, expected)).isEqualTo(plaintext);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 16383, 16384, 16385, 40000})
  void a_sealer_gives_the_same_bytes_anywhere_in_a_buffer(int length) {
    byte[] around = new byte[length + 7];
    Arrays.fill(around, (byte) 0x5a);
    AesGcmSealer sealer = new AesGcmSealer(KEY, AAD);
    for (int number = 0; number < 3; number++) {
      byte[] nonce = flip(NONCE, number);
      byte[] sealed = new byte[length + AesGcm.TAG_BYTES + 9];
      assertThat(sealer.seal(nonce, around, 3, length, sealed, 5))
          .isEqualTo(length + AesGcm.TAG_BYTES);
      byte[] expected = AesGcm.seal(KEY, nonce, AAD, Arrays.copyOfRange(around, 3, 3 + length));
      assertThat(Arrays.copyOfRange(sealed, 5, 5 + expected.length)).isEqualTo(expected);
      assertThat(sealed).startsWith(0, 0, 0, 0, 0).endsWith(0, 0, 0, 0);
    }
  }

  @Test
  void a_sealer_refuses_a_callers_wrong_lengths_and_no_room() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AesGcmSealer(new byte[31], AAD));
    AesGcmSealer sealer = new AesGcmSealer(KEY, AAD);
    byte[] plain = new byte[10];
    byte[] sealed = new byte[26];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sealer.seal(new byte[11], plain, 0, 10, sealed, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sealer.seal(NONCE, plain, 0, 10, sealed, 1));
    assertThat(sealer.seal(NONCE, plain, 0, 10, sealed, 0)).isEqualTo(26);
    assertThat(sealed).isEqualTo(AesGcm.seal(KEY, NONCE, AAD, plain));
  }

  @Test
  void refuses_every_flipped_bit_and_every_cut() {
    byte[] sealed = AesGcm.seal(KEY, NONCE, AAD, ascii("plaintext"));
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      assertRefused(KEY, NONCE, AAD, flip(sealed, bit));
    }
    for (int length = 0; length < sealed.length; length++) {
      assertRefused(KEY, NONCE, AAD, Arrays.copyOf(sealed, length));
    }
    assertRefused(KEY, NONCE, AAD, Arrays.copyOf(sealed, sealed.length + 1));
  }

  @Test
  void refuses_another_key_nonce_or_additional_data() {
    byte[] sealed = AesGcm.seal(KEY, NONCE, AAD, ascii("plaintext"));
    assertRefused(flip(KEY, 0), NONCE, AAD, sealed);
    assertRefused(KEY, flip(NONCE, 0), AAD, sealed);
    assertRefused(KEY, NONCE, flip(AAD, 0), sealed);
    assertRefused(KEY, NONCE, new byte[0], sealed);
  }

  @Test
  void refuses_a_callers_wrong_lengths() {
    for (int length : new int[] {0, 16, 24, 31, 33}) {
      byte[] key = new byte[length];
      assertThatIllegalArgumentException().isThrownBy(() -> AesGcm.seal(key, NONCE, AAD, AAD));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AesGcm.open(key, NONCE, AAD, new byte[16]));
    }
    for (int length : new int[] {0, 11, 13, 16}) {
      byte[] nonce = new byte[length];
      assertThatIllegalArgumentException().isThrownBy(() -> AesGcm.seal(KEY, nonce, AAD, AAD));
    }
  }

  /**
   * Both ways of opening, before and after the fast path is compiled; it goes on after a refusal.
   */
  @Test
  void opens_parts_of_arrays_of_any_length_into_another() throws CryptoException {
    AesGcmOpener opener = new AesGcmOpener();
    byte[] otherKey = flip(KEY, 0);
    for (int round = 0; round < 8; round++) {
      for (int length : new int[] {0, 1, 511, 512, 1000, 1_048_559, 1_048_576, 5_000_000}) {
        byte[] plaintext = new byte[length];
        Arrays.fill(plaintext, (byte) round);
        byte[] sealed = AesGcm.seal(KEY, NONCE, AAD, plaintext);
        byte[] around = new byte[sealed.length + 20];
        System.arraycopy(sealed, 0, around, 7, sealed.length);
        byte[] into = new byte[length + 9];
        assertThatExceptionOfType(CryptoException.class)
            .isThrownBy(() -> opener.open(otherKey, NONCE, AAD, around, 7, sealed.length, into));
        assertThat(opener.open(KEY, NONCE, AAD, around, 7, sealed.length, into)).isEqualTo(length);
        assertThat(Arrays.mismatch(into, plaintext)).isEqualTo(length);
        around[7 + sealed.length / 2] ^= 1;
        assertThatExceptionOfType(CryptoException.class)
            .isThrownBy(() -> opener.open(KEY, NONCE, AAD, around, 7, sealed.length, into));
      }
    }
  }

  private static void assertRefused(byte[] key, byte[] nonce, byte[] aad, byte[] sealed) {
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> AesGcm.open(key, nonce, aad, sealed));
  }
}

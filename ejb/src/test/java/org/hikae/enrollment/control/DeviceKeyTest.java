package org.hikae.enrollment.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@EveryThirdRun
class DeviceKeyTest {

  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

  private static KeyPair pair;
  private static byte[] spki;
  private static byte[] signature;

  @BeforeAll
  static void makeKey() throws GeneralSecurityException {
    pair = generate("secp256r1");
    spki = pair.getPublic().getEncoded();
    Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
    signer.initSign(pair.getPrivate());
    signer.update(MESSAGE);
    signature = signer.sign();
  }

  private static KeyPair generate(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  @Test
  void a_key_verifies_its_own_signatures_and_names_the_device() throws MalformedException {
    DeviceKey key = DeviceKey.parse(spki);
    assertThat(key.verifies(MESSAGE, signature)).isTrue();
    assertThat(key.deviceId()).isEqualTo(TextCodec.hex(TextCodec.deviceId(spki)));
    assertThat(key.encoded()).isEqualTo(spki);
  }

  @Test
  void every_flipped_bit_of_a_signature_is_refused() throws MalformedException {
    DeviceKey key = DeviceKey.parse(spki);
    for (int bit = 0; bit < signature.length * 8; bit++) {
      byte[] changed = signature.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(key.verifies(MESSAGE, changed)).as("bit %s", bit).isFalse();
    }
  }

  @Test
  void every_other_length_of_a_signature_is_refused() throws MalformedException {
    DeviceKey key = DeviceKey.parse(spki);
    for (int length = 0; length < 130; length++) {
      if (length != signature.length) {
        assertThat(key.verifies(MESSAGE, Arrays.copyOf(signature, length))).isFalse();
      }
    }
  }

  /**
   * Two numbers with leading zero bytes make a signature that the JDK accepts in fewer bytes too.
   * Chance gives one in 65536, so this key was made for it: of the signature's second number, 1,
   * and of its first, which is the first number on the curve that begins with a zero byte.
   */
  @Test
  void the_right_numbers_in_fewer_bytes_are_refused() throws MalformedException {
    String point =
        "c3dbde1fb5e700e6e36fb6f393d7f36ea0f2f80a7fb7c592e16c2ec28ff40e2d"
            + "fd61ef4d24ca44ec8323584901160b777cdcc5bc8102e16daac171252cba8cd9";
    DeviceKey key = DeviceKey.parse(ofPoint(point));
    String first = "5543894af3d00ed7d740abdbd75c96b06877b787db5f70eea78b90a8d7c00a";
    String second = "00".repeat(30) + "01";

    byte[] whole = HexFormat.of().parseHex("00" + first + "00" + second);
    assertThat(key.verifies(MESSAGE, whole)).isTrue();
    byte[] shorter = HexFormat.of().parseHex(first + second);
    assertThat(key.verifies(MESSAGE, shorter)).isFalse();
  }

  @Test
  void every_flipped_bit_of_a_key_is_refused_or_another_device() throws MalformedException {
    String own = DeviceKey.parse(spki).deviceId();
    for (int bit = 0; bit < spki.length * 8; bit++) {
      byte[] changed = spki.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        DeviceKey key = DeviceKey.parse(changed);
        assertThat(key.deviceId()).isNotEqualTo(own);
        assertThat(key.verifies(MESSAGE, signature)).as("bit %s", bit).isFalse();
      } catch (MalformedException e) {
        assertThat(e.getMessage()).startsWith("publicKey");
      }
    }
  }

  @Test
  void every_cut_of_a_key_is_refused() {
    for (int length = 0; length < spki.length; length++) {
      byte[] cut = Arrays.copyOf(spki, length);
      assertThatThrownBy(() -> DeviceKey.parse(cut)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> DeviceKey.parse(Arrays.copyOf(spki, spki.length + 1)))
        .isInstanceOf(MalformedException.class);
  }

  /** A point on the curve whose x is 0, written as the prime. */
  private static byte[] withAnotherFormOfZero() {
    ECParameterSpec curve = ((ECPublicKey) pair.getPublic()).getParams();
    BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger b = curve.getCurve().getB();
    BigInteger y = b.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
    assertThat(y.multiply(y).mod(p)).isEqualTo(b);
    return ofPoint(String.format(Locale.ROOT, "%064x%064x", p, y));
  }

  private static byte[] ofPoint(String coordinates) {
    byte[] point = HexFormat.of().parseHex(coordinates);
    byte[] key = spki.clone();
    System.arraycopy(point, 0, key, key.length - point.length, point.length);
    return key;
  }

  /** A point on the curve whose y is 5, and the same with the prime more. */
  @Test
  void another_form_of_the_second_coordinate_is_refused() throws MalformedException {
    String x = "d7325d7646cd60d80a92738ceb345f844cffaf35841022cab176f692de8de1d7";
    byte[] usual = ofPoint(x + "0".repeat(63) + "5");
    assertThat(DeviceKey.parse(usual).encoded()).isEqualTo(usual);
    byte[] other = ofPoint(x + "ffffffff00000001000000000000000000000001000000000000000000000004");
    assertThatThrownBy(() -> DeviceKey.parse(other)).isInstanceOf(MalformedException.class);
  }

  @Test
  void other_curves_and_points_off_the_curve_are_refused() throws GeneralSecurityException {
    byte[] other = generate("secp384r1").getPublic().getEncoded();
    assertThatThrownBy(() -> DeviceKey.parse(other)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> DeviceKey.parse(withAnotherFormOfZero()))
        .isInstanceOf(MalformedException.class);
    byte[] zero = spki.clone();
    Arrays.fill(zero, spki.length - 64, spki.length, (byte) 0);
    assertThatThrownBy(() -> DeviceKey.parse(zero)).isInstanceOf(MalformedException.class);
    byte[] large = spki.clone();
    Arrays.fill(large, spki.length - 64, spki.length, (byte) 0xff);
    assertThatThrownBy(() -> DeviceKey.parse(large)).isInstanceOf(MalformedException.class);
  }
}

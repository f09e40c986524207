package org.hikae.crypto.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hikae.crypto.testing.RfcVectors.ascii;
import static org.hikae.crypto.testing.RfcVectors.hex;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.testing.RecordingRandom;
import org.hikae.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class P256GroupTest {

  private static final String G_X =
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
  private static final String G_Y =
      "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
  private static final String N =
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
  private static final String P =
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";

  private final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);

  @Test
  void decodes_what_it_encodes() throws CryptoException {
    for (int i = 0; i < 50; i++) {
      Element element = P256Group.multiplyBase(Scalar.random(random));
      assertThat(Element.decode(element.encode())).isEqualTo(element).hasSameHashCodeAs(element);
      assertThat(Element.decodeUncompressed(element.encodeUncompressed())).isEqualTo(element);
      assertThat(Arrays.copyOfRange(element.encode(), 1, 33)).isEqualTo(element.x());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00", // identity, as SEC 1 encodes it
        "000000000000000000000000000000000000000000000000000000000000000000", // identity, padded
        "02" + G_X + "00", // one byte longer
        "02" + "17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", // one shorter
        "04" + G_X + G_Y, // uncompressed
        "06" + G_X + G_Y, // hybrid
        "04" + G_X, // prefix of another form
        "01" + G_X,
        "ff" + G_X,
        "020000000000000000000000000000000000000000000000000000000000000001", // no y for this x
        "02" + P, // x = p, not reduced
        "03ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void refuses_what_is_no_compressed_point(String bytes) {
    assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> Element.decode(hex(bytes)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "02" + G_X,
        "06" + G_X + G_Y,
        "00" + G_X + G_Y,
        "04" + G_X + G_Y + "00",
        "04" + G_Y + G_X, // not on the curve
        "04" + G_X + G_X,
        "04" + P + G_Y, // x not reduced
        "0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
            + "00000000000000000000000000000000000000000000"
      })
  void refuses_what_is_no_uncompressed_point(String bytes) {
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> Element.decodeUncompressed(hex(bytes)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01",
        "0000000000000000000000000000000000000000000000000000000000000000",
        N,
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "000000000000000000000000000000000000000000000000000000000000000001"
      })
  void refuses_what_is_no_scalar(String bytes) {
    assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> Scalar.decode(hex(bytes)));
  }

  @Test
  void takes_the_smallest_and_the_largest_scalar() throws CryptoException {
    Element g = Element.generator();
    assertThat(group.multiply(g, scalar(BigInteger.ONE))).isEqualTo(g);
    Scalar largest = scalar(new BigInteger(N, 16).subtract(BigInteger.ONE));
    assertThat(group.multiply(g, largest)).isEqualTo(g.negate());
    assertThat(P256Group.multiplyBase(largest)).isEqualTo(g.negate());
    assertThat(g.negate().hashCode()).isNotEqualTo(g.hashCode());
    assertThat(hex(largest.encode())).endsWith("2550");
  }

  @Test
  void draws_scalars_by_rejection() {
    ScriptedRandom script = new ScriptedRandom(new byte[32], hex(N), one());
    assertThat(Scalar.random(script).encode()).isEqualTo(one());
    assertThat(script.isExhausted()).isTrue();
  }

  @Test
  void splits_a_scalar_into_two_that_are_never_zero() throws CryptoException {
    // The first draw equals the scalar and would leave zero for the other half.
    ScriptedRandom script = new ScriptedRandom(one(), two());
    assertThat(new P256Group(script).multiply(Element.generator(), scalar(BigInteger.ONE)))
        .isEqualTo(Element.generator());
    assertThat(script.isExhausted()).isTrue();
  }

  @Test
  void hides_scalars_behind_fresh_numbers_and_leaves_none_of_them_behind() {
    Scalar k = Scalar.random(random);
    RecordingRandom kept = new RecordingRandom();
    P256Group hiding = new P256Group(kept);
    assertThat(hiding.multiply(Element.generator(), k)).isEqualTo(P256Group.multiplyBase(k));
    assertThat(kept.draws()).isNotEmpty();
    int afterMultiplying = kept.draws().size();
    hiding.invert(k);
    assertThat(kept.draws()).hasSizeGreaterThan(afterMultiplying);
    Scalar.random(kept);
    assertThat(kept.draws()).allSatisfy(drawn -> assertThat(drawn).containsOnly(0));
  }

  @Test
  void multiplies_as_the_jdk_does_and_agrees_on_both_sides() {
    for (int i = 0; i < 50; i++) {
      DhKeyPair alice = DhKeyPair.generate(group, random);
      DhKeyPair bob = DhKeyPair.generate(group, random);
      assertThat(alice.agree(bob.publicKey())).isEqualTo(bob.agree(alice.publicKey()));
      assertThat(alice.publicKey()).isEqualTo(group.multiply(Element.generator(), alice.secret()));
    }
  }

  @Test
  void inverts() throws CryptoException {
    for (int i = 0; i < 50; i++) {
      Scalar k = Scalar.random(random);
      assertThat(k.multiply(group.invert(k))).isEqualTo(scalar(BigInteger.ONE));
    }
  }

  @Test
  void adds_and_negates() throws CryptoException {
    Element g = Element.generator();
    Element twice = P256Group.multiplyBase(scalar(BigInteger.TWO));
    assertThat(g.add(g)).isEqualTo(twice);
    assertThat(twice.add(g.negate())).isEqualTo(g);
    assertThatIllegalArgumentException().isThrownBy(() -> g.add(g.negate()));
  }

  @Test
  void knows_the_generator_up_to_sign() {
    assertThat(Element.generator().isGeneratorUpToSign()).isTrue();
    assertThat(Element.generator().negate().isGeneratorUpToSign()).isTrue();
    assertThat(Element.generator().add(Element.generator()).isGeneratorUpToSign()).isFalse();
    assertThat(hex(Element.generator().encodeUncompressed())).isEqualTo("04" + G_X + G_Y);
  }

  /** RFC 9380, Appendix J.1.1. */
  @ParameterizedTest
  @CsvSource({
    "'', 2c15230b26dbc6fc9a37051158c95b79656e17a1a920b11394ca91c44247d3e4,"
        + " 8a7a74985cc5c776cdfe4b1f19884970453912e9d31528c060be9ab5c43e8415",
    "abc, 0bb8b87485551aa43ed54f009230450b492fead5f1cc91658775dac4a3388a0f,"
        + " 5c41b3d0731a27a7b14bc0bf0ccded2d8751f83493404c84a88e71ffd424212e"
  })
  void hashes_to_the_curve_as_rfc_9380(String message, String x, String y) {
    Element hashed =
        P256Group.hashToGroup(ascii(message), "QUUX-V01-CS02-with-P256_XMD:SHA-256_SSWU_RO_");
    assertThat(hex(hashed.encodeUncompressed())).isEqualTo("04" + x + y);
  }

  @Test
  void derives_keys_from_seeds_of_32_bytes_only() {
    try (SecretBytes seed = SecretBytes.copyOf(new byte[31])) {
      assertThatIllegalArgumentException().isThrownBy(() -> P256Group.deriveScalar(seed, "info"));
    }
  }

  @Test
  void tells_scalars_and_elements_apart_and_shows_neither() throws CryptoException {
    Scalar scalar = scalar(BigInteger.TWO);
    assertThat(scalar)
        .hasToString("Scalar(REDACTED)")
        .hasSameHashCodeAs(scalar(BigInteger.ONE))
        .isNotEqualTo(scalar(BigInteger.ONE))
        .isNotEqualTo("scalar");
    assertThat(Element.generator())
        .hasToString("Element(REDACTED)")
        .isNotEqualTo(Element.generator().negate())
        .isNotEqualTo("element");
    assertThatIllegalArgumentException().isThrownBy(() -> Scalar.of(BigInteger.ZERO));
  }

  private static Scalar scalar(BigInteger value) throws CryptoException {
    return Scalar.decode(BigIntegers.asUnsignedByteArray(32, value));
  }

  private static byte[] one() {
    return BigIntegers.asUnsignedByteArray(32, BigInteger.ONE);
  }

  private static byte[] two() {
    return BigIntegers.asUnsignedByteArray(32, BigInteger.TWO);
  }
}

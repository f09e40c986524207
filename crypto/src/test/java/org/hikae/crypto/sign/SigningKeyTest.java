package org.hikae.crypto.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hikae.crypto.testing.RfcVectors.flip;
import static org.hikae.crypto.testing.RfcVectors.hex;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EveryThirdRun
class SigningKeyTest {

  private static final String N =
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
  private static final String ONE =
      "0000000000000000000000000000000000000000000000000000000000000001";
  private static final String ZERO =
      "0000000000000000000000000000000000000000000000000000000000000000";

  /**
   * Seed 00 01 … 1f and info "HK1 owner"; computed by an independent program after RFC 9497 and RFC
   * 9380.
   */
  private static final String OWNER_SECRET =
      "e616f97373f507cec9507731834d169f061a4fbf3e8921bd08d0b7a4ecd5ebdb";

  /** {@code openssl ec -inform DER -pubout -outform DER} of that secret. */
  private static final String OWNER_SPKI =
      "3059301306072a8648ce3d020106082a8648ce3d0301070342000465848ed1ec3bfa430e0fa43099a88ec1f5e6"
          + "c83b5f31414d5fd30a05cf4cb2fa3c822a54cfcfe12c7fde469de3a3d03ae2cee2e423f6338521e760fa60"
          + "f55653";

  private final SecureRandom random = new SecureRandom();
  private final SigningKey key = SigningKey.generate(random);

  @Test
  void a_seed_gives_the_same_key_everywhere() throws CryptoException {
    try (SecretBytes seed = seed()) {
      SigningKey owner = SigningKey.fromSeed(seed, "HK1 owner", random);
      assertThat(hex(owner.encode().expose())).isEqualTo(OWNER_SECRET);
      assertThat(hex(owner.publicKey().encode())).isEqualTo(OWNER_SPKI);
      assertThat(owner.publicKey().fingerprint().hex())
          .isEqualTo("09d9d52d5a65267b7e61fbe7c6b7f243b13fb1824c8ce5094f2480d080291550");
      assertThat(SigningKey.fromSeed(seed, "HK1 device", random).publicKey())
          .isNotEqualTo(owner.publicKey());
    }
  }

  /**
   * {@code openssl dgst -sha256 -sign} of the transcript by the owner key, r and s out of its DER.
   */
  @Test
  void a_signature_of_openssl_verifies() throws CryptoException {
    VerifyingKey owner = VerifyingKey.decode(hex(OWNER_SPKI));
    byte[] signature =
        hex(
            "8096378aee2e7a398c6eeaf82bb0469261da87ebad6ccedae3fa419d7bc16767"
                + "a2b3437c0e25c3f6468e12c5bfb90e376c062aba6d852dece9bc225663df3708");
    assertThatCode(() -> owner.verify(transcript("field"), signature)).doesNotThrowAnyException();
    assertRefused(owner, transcript("fielf"), signature);
  }

  /** By the JDK alone, which knows nothing of our types. */
  @Test
  void a_jws_is_signed_as_es256_has_it() throws Exception {
    String input = "eyJhbGciOiJFUzI1NiJ9.e30";
    byte[] signature = key.signJws(input);
    Signature jdk = Signature.getInstance("SHA256withECDSAinP1363Format");
    jdk.initVerify(
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(key.publicKey().encode())));
    jdk.update(input.getBytes(StandardCharsets.US_ASCII));
    assertThat(jdk.verify(signature)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "e30", "e30.", ".e30", "e30.e30.e30", "e30.e30=", "\0\0\0\7HK1 x.y"})
  void hk1_n_02_nothing_else_than_the_input_of_a_jws_is_signed_as_one(String input) {
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> key.signJws(input));
  }

  @Test
  void signs_and_verifies() {
    byte[] first = key.sign(transcript("field"));
    assertThat(first).hasSize(64).isNotEqualTo(key.sign(transcript("field")));
    assertThatCode(() -> key.publicKey().verify(transcript("field"), first))
        .doesNotThrowAnyException();
  }

  @Test
  void refuses_every_flipped_bit_and_every_other_length() {
    byte[] signature = key.sign(transcript("field"));
    for (int bit = 0; bit < 512; bit++) {
      assertRefused(key.publicKey(), transcript("field"), flip(signature, bit));
    }
    for (int length = 0; length < 130; length++) {
      if (length != 64) {
        assertRefused(key.publicKey(), transcript("field"), Arrays.copyOf(signature, length));
      }
    }
  }

  /**
   * Two numbers with leading zero bytes make a signature that the JDK accepts in fewer bytes too.
   * Chance gives one in 65536, so this one is made backwards: the numbers first, then the key that
   * they are a signature of.
   */
  @Test
  void refuses_the_right_numbers_in_fewer_bytes() throws CryptoException {
    BigInteger n = new BigInteger(N, 16);
    BigInteger k = BigInteger.ONE;
    byte[] x;
    do {
      k = k.add(BigInteger.ONE);
      x = P256Group.multiplyBase(scalar(k)).x();
    } while (x[0] != 0);
    BigInteger r = new BigInteger(1, x);
    BigInteger e = new BigInteger(hex(Hash256.sha256(transcript("field").toBytes()).toBytes()), 16);
    BigInteger secret = k.subtract(e).multiply(r.modInverse(n)).mod(n);
    VerifyingKey made = new VerifyingKey(P256Group.multiplyBase(scalar(secret)));

    byte[] signature = hex(hex(x) + ONE);
    assertThatCode(() -> made.verify(transcript("field"), signature)).doesNotThrowAnyException();
    byte[] narrow = hex(hex(x).substring(2) + ONE.substring(2));
    assertRefused(made, transcript("field"), narrow);
  }

  private static Scalar scalar(BigInteger value) throws CryptoException {
    return Scalar.decode(BigIntegers.asUnsignedByteArray(32, value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {ZERO + ZERO, ZERO + ONE, ONE + ZERO, N + N, N + ONE, ONE + N, ZERO + N, N + ZERO})
  void refuses_numbers_out_of_range(String signature) {
    assertRefused(key.publicKey(), transcript("field"), hex(signature));
  }

  @Test
  void refuses_another_purpose_field_or_key() {
    byte[] signature = key.sign(transcript("field"));
    assertRefused(key.publicKey(), Transcript.of("other").add("field"), signature);
    assertRefused(key.publicKey(), transcript("field").add(""), signature);
    assertRefused(SigningKey.generate(random).publicKey(), transcript("field"), signature);
  }

  @Test
  void restores_a_key_from_32_bytes() throws CryptoException {
    try (SecretBytes encoded = key.encode()) {
      assertThat(encoded.length()).isEqualTo(32);
      assertThat(SigningKey.decode(encoded, random).publicKey()).isEqualTo(key.publicKey());
    }
    for (String bad : new String[] {"", "01", ZERO, N, ONE + "00"}) {
      try (SecretBytes encoded = SecretBytes.copyOf(hex(bad))) {
        assertThatExceptionOfType(CryptoException.class)
            .isThrownBy(() -> SigningKey.decode(encoded, random));
      }
    }
  }

  @Test
  void reads_the_jdks_encoding_and_writes_the_same() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    for (int i = 0; i < 20; i++) {
      byte[] spki = generator.generateKeyPair().getPublic().getEncoded();
      VerifyingKey read = VerifyingKey.decode(spki);
      assertThat(read.encode()).isEqualTo(spki);
      assertThat(read)
          .isEqualTo(VerifyingKey.decode(spki))
          .hasSameHashCodeAs(VerifyingKey.decode(spki))
          .isNotEqualTo(key.publicKey())
          .isNotEqualTo("key")
          .hasToString("VerifyingKey(" + read.fingerprint().hex() + ")");
      assertThat(read.hashCode()).isNotEqualTo(key.publicKey().hashCode());
    }
  }

  @Test
  void refuses_every_other_form_of_a_public_key() throws Exception {
    byte[] spki = key.publicKey().encode();
    for (int bit = 0; bit < 8 * spki.length; bit++) {
      assertKeyRefused(flip(spki, bit));
    }
    for (int length = 0; length < spki.length; length++) {
      assertKeyRefused(Arrays.copyOf(spki, length));
    }
    assertKeyRefused(Arrays.copyOf(spki, spki.length + 1));
    for (String algorithm : new String[] {"Ed25519", "X25519", "RSA"}) {
      assertKeyRefused(
          KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic().getEncoded());
    }
    for (String curve : new String[] {"secp384r1", "secp521r1"}) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      assertKeyRefused(generator.generateKeyPair().getPublic().getEncoded());
    }
  }

  @Test
  void a_signing_key_shows_nothing() {
    assertThat(key).hasToString("SigningKey(REDACTED)");
  }

  private static SecretBytes seed() {
    byte[] seed = new byte[32];
    for (int i = 0; i < 32; i++) {
      seed[i] = (byte) i;
    }
    return SecretBytes.take(seed);
  }

  private static Transcript transcript(String field) {
    return Transcript.of("test").add(field);
  }

  private static void assertRefused(VerifyingKey key, Transcript transcript, byte[] signature) {
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> key.verify(transcript, signature));
  }

  private static void assertKeyRefused(byte[] spki) {
    assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> VerifyingKey.decode(spki));
  }
}

package org.hikae.crypto.opaque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpaqueMessagesTest {

  private static final Element G = Element.generator();
  private static final Element E = G.add(G);
  private static final byte[] B32 = new byte[32];

  /** Reads and writes a message. */
  @FunctionalInterface
  interface Codec {
    byte[] roundTrip(byte[] bytes) throws CryptoException;
  }

  static Stream<Arguments> messages() {
    Ke1 ke1 = new Ke1(E, B32, G);
    RegistrationRecord record = new RegistrationRecord(E, B32, new byte[64]);
    CredentialResponse response = CredentialResponse.mask(E, B32, G, record);
    return Stream.of(
        message("request", 33, E.encode(), b -> RegistrationRequest.decode(b).encode()),
        message(
            "response",
            66,
            new RegistrationResponse(E, G).encode(),
            b -> RegistrationResponse.decode(b).encode(),
            33),
        message("upload", 129, record.encode(), b -> RegistrationRecord.decode(b).encode()),
        message("KE1", 98, ke1.encode(), b -> Ke1.decode(b).encode(), 65),
        message(
            "KE2", 259, new Ke2(response, B32, G, B32).encode(), b -> Ke2.decode(b).encode(), 194),
        message("KE3", 32, B32, b -> Ke3.decode(b).encode(), -1));
  }

  private static Arguments message(
      String name, int length, byte[] bytes, Codec codec, int... moreElements) {
    int[] elements = Arrays.prepend(moreElements, 0);
    if (moreElements.length == 1 && moreElements[0] < 0) {
      elements = new int[0];
    }
    return Arguments.of(Named.of(name, bytes), length, codec, elements);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void has_one_length_and_one_encoding(byte[] bytes, int length, Codec codec, int[] elements)
      throws CryptoException {
    assertThat(bytes).hasSize(length);
    assertThat(codec.roundTrip(bytes)).isEqualTo(bytes);
    for (int cut = 0; cut < length; cut++) {
      byte[] shorter = Arrays.copyOf(bytes, cut);
      assertRefused(() -> codec.roundTrip(shorter));
    }
    assertRefused(() -> codec.roundTrip(Arrays.copyOf(bytes, length + 1)));
    assertRefused(() -> codec.roundTrip(Arrays.copyOf(bytes, 2 * length)));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void refuses_bad_elements_wherever_they_stand(
      byte[] bytes, int length, Codec codec, int[] elements) {
    for (int offset : elements) {
      for (int prefix : new int[] {0, 1, 4, 5, 6, 7, 0x82, 0xff}) {
        byte[] bad = bytes.clone();
        bad[offset] = (byte) prefix;
        assertRefused(() -> codec.roundTrip(bad));
      }
      byte[] identity = bytes.clone();
      java.util.Arrays.fill(identity, offset, offset + 33, (byte) 0);
      assertRefused(() -> codec.roundTrip(identity));
      byte[] offCurve = identity.clone();
      offCurve[offset] = 2;
      offCurve[offset + 32] = 1;
      assertRefused(() -> codec.roundTrip(offCurve));
    }
  }

  @Test
  void refuses_the_generator_and_its_negative_as_blinded_element() {
    for (Element element : new Element[] {G, G.negate()}) {
      assertRefused(() -> RegistrationRequest.decode(element.encode()));
      assertRefused(() -> Ke1.decode(new Ke1(element, B32, E).encode()));
    }
  }

  @Test
  void refuses_a_callers_wrong_lengths() {
    byte[] b31 = new byte[31];
    RegistrationRecord record = RegistrationRecord.fake(E, B32);
    CredentialResponse response = CredentialResponse.mask(E, B32, G, record);
    assertMistake(() -> new Ke1(E, b31, G));
    assertMistake(() -> new RegistrationRecord(E, b31, new byte[64]));
    assertMistake(() -> new RegistrationRecord(E, B32, new byte[63]));
    assertMistake(() -> CredentialResponse.mask(E, b31, G, record));
    assertMistake(() -> new Ke2(response, b31, G, B32));
    assertMistake(() -> new Ke2(response, B32, G, b31));
    assertMistake(() -> new OpaqueContext(new byte[0x10000], B32, B32));
    assertMistake(() -> new OpaqueContext(B32, new byte[0], B32));
    assertMistake(() -> new OpaqueContext(B32, B32, new byte[0]));
    assertMistake(() -> new OpaqueContext(B32, B32, new byte[0x10000]));
    assertThat(new OpaqueContext(new byte[0], new byte[1], new byte[0xffff])).isNotNull();
  }

  @Test
  void a_record_shows_nothing() {
    assertThat(RegistrationRecord.fake(E, B32)).hasToString("RegistrationRecord(REDACTED)");
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatExceptionOfType(CryptoException.class).isThrownBy(call);
  }

  private static void assertMistake(ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call);
  }
}

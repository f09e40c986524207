package org.hikae.vault.root.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.vault.port.UnavailableException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whole points from x coordinates, and tokens that make mistakes. */
@DisplayName("Multiplying with ECDH only")
class XOnlyOprfKeyTest {

  private final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);
  private final Scalar key = Scalar.random(random);
  private final Element publicKey = P256Group.multiplyBase(key);

  private Element element() {
    return P256Group.multiplyBase(Scalar.random(random));
  }

  private XOnlyOprfKey tokenThat(UnaryOperator<byte[]> changes) {
    return new XOnlyOprfKey(peer -> changes.apply(group.multiply(peer, key).x()), publicKey);
  }

  @Test
  void both_signs_are_found() {
    XOnlyOprfKey oprf = tokenThat(x -> x);
    for (int i = 0; i < 64; i++) {
      Element element = element();
      assertThat(oprf.evaluate(element)).isEqualTo(group.multiply(element, key));
      assertThat(oprf.evaluate(element.negate())).isEqualTo(group.multiply(element, key).negate());
    }
  }

  @Test
  void missing_leading_zeros_are_put_back() {
    XOnlyOprfKey oprf = tokenThat(XOnlyOprfKeyTest::withoutLeadingZeros);
    Element element = element();
    while (group.multiply(element, key).x()[0] != 0) {
      element = element.add(Element.generator());
    }
    assertThat(oprf.evaluate(element)).isEqualTo(group.multiply(element, key));
  }

  private static byte[] withoutLeadingZeros(byte[] x) {
    int from = 0;
    while (x[from] == 0) {
      from++;
    }
    return Arrays.copyOfRange(x, from, x.length);
  }

  @Test
  void a_wrong_coordinate_is_noticed() {
    assertFault(tokenThat(x -> flipped(x)));
    assertFault(tokenThat(x -> new byte[33]));
    assertFault(tokenThat(x -> new byte[0]));
    // p - 1 and the like: most numbers of this form are no x of the curve.
    assertFault(tokenThat(x -> full((byte) 0xff)));
    for (int wrong = 0; wrong < 2; wrong++) {
      int which = wrong;
      AtomicInteger calls = new AtomicInteger();
      assertFault(tokenThat(x -> calls.getAndIncrement() == which ? element().x() : x));
    }
  }

  @Test
  void another_key_or_the_public_key_itself_is_noticed() {
    Scalar other = Scalar.random(random);
    assertFault(new XOnlyOprfKey(peer -> group.multiply(peer, other).x(), publicKey));
    assertFault(new XOnlyOprfKey(peer -> publicKey.x(), publicKey));
  }

  private void assertFault(XOnlyOprfKey oprf) {
    assertThatThrownBy(() -> oprf.evaluate(element()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("cannot be right");
  }

  private static byte[] flipped(byte[] x) {
    x[31] ^= 1;
    return x;
  }

  private static byte[] full(byte value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, value);
    return bytes;
  }

  @Test
  void the_token_is_not_asked_about_the_generator() {
    XOnlyOprfKey oprf =
        new XOnlyOprfKey(
            peer -> {
              throw new AssertionError("asked");
            },
            publicKey);
    for (Element element : new Element[] {Element.generator(), Element.generator().negate()}) {
      assertThatThrownBy(() -> oprf.evaluate(element)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}

package org.hikae.vault.testing;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.group.Element;

/** 33 bytes that are no acceptable compressed point of P-256. */
public final class InvalidPoints {

  private InvalidPoints() {}

  public static List<byte[]> all(SecureRandom random) {
    byte[] generator = Element.generator().encode();
    byte[] negated = Element.generator().negate().encode();
    byte[] identity = new byte[33];
    byte[] offCurve = new byte[33];
    offCurve[0] = 2;
    offCurve[32] = 1; // x = 1 is no abscissa of the curve
    byte[] tooLarge = new byte[33];
    Arrays.fill(tooLarge, (byte) 0xff);
    tooLarge[0] = 2;
    byte[] wrongPrefix = generator.clone();
    wrongPrefix[0] = 4;
    return List.of(generator, negated, identity, offCurve, tooLarge, wrongPrefix);
  }

  public static boolean isGenerator(byte[] point) {
    return Arrays.compare(point, 1, 33, Element.generator().encode(), 1, 33) == 0
        && (point[0] == 2 || point[0] == 3);
  }
}

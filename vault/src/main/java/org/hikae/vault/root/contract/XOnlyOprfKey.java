package org.hikae.vault.root.contract;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.vault.port.UnavailableException;

/**
 * Multiplies by a key {@code k} that is in a token and only does ECDH, which gives x coordinates.
 * With the public key K = k·G two of them give the whole point: x(k·P) leaves two candidates, R and
 * -R, and x(k·(P+G)) is x(R+K) for one of them. When it is for neither, the token has made a
 * mistake, and nothing is answered: a wrong product could give away part of the key.
 *
 * <p>Which of the two candidates it was takes a different time; it is one bit of a point that the
 * caller gets anyway.
 */
public final class XOnlyOprfKey implements OprfKey {

  private final Function<Element, byte[]> key;
  private final Element publicKey;

  /**
   * An OPRF key whose multiplications give the x coordinate only.
   *
   * @param key the x coordinate of k·peer; leading zero bytes may be missing
   * @param publicKey k·G
   */
  public XOnlyOprfKey(Function<Element, byte[]> key, Element publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * Refuses G and -G, for which P+G or R+K may be the identity. Messages that carry one are
   * malformed and never come here; a product with a random factor is one with probability 2^-255.
   */
  public static void requireMultipliable(Element element) {
    if (element.isGeneratorUpToSign()) {
      throw new IllegalArgumentException("G and -G are malformed here and are not multiplied.");
    }
  }

  @Override
  public Element evaluate(Element element) {
    requireMultipliable(element);
    byte[] first = coordinate(key.apply(element));
    byte[] second = coordinate(key.apply(element.add(Element.generator())));
    if (MessageDigest.isEqual(first, publicKey.x())) {
      // R = K or R = -K would mean that P is G or -G.
      throw fault();
    }
    Element candidate = lift(first);
    if (MessageDigest.isEqual(candidate.add(publicKey).x(), second)) {
      return candidate;
    }
    Element other = candidate.negate();
    if (MessageDigest.isEqual(other.add(publicKey).x(), second)) {
      return other;
    }
    throw fault();
  }

  private static Element lift(byte[] x) {
    byte[] encoded = new byte[Element.BYTES];
    encoded[0] = 2;
    System.arraycopy(x, 0, encoded, 1, x.length);
    try {
      return Element.decode(encoded);
    } catch (CryptoException e) {
      throw fault();
    }
  }

  private static byte[] coordinate(byte[] fromToken) {
    int length = Element.BYTES - 1;
    if (fromToken.length > length) {
      throw fault();
    }
    byte[] x = new byte[length];
    System.arraycopy(fromToken, 0, x, length - fromToken.length, fromToken.length);
    Arrays.fill(fromToken, (byte) 0);
    return x;
  }

  private static UnavailableException fault() {
    return new UnavailableException("The token gave a product that cannot be right.", null);
  }
}

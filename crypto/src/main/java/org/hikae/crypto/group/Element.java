package org.hikae.crypto.group;

import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.hikae.crypto.CryptoException;

/**
 * A point of P-256 other than the identity. Every instance was checked to lie on the curve; the
 * cofactor is 1, so it is in the prime-order group. May be a shared secret: {@link #toString} shows
 * nothing, {@link #equals} is constant-time.
 */
public final class Element {

  /** Length of the compressed encoding (SEC 1: 02 or 03, then x), in bytes. */
  public static final int BYTES = 33;

  /**
   * Length of the uncompressed encoding (SEC 1: 04, x, y), in bytes; only HPKE and
   * SubjectPublicKeyInfo use it.
   */
  public static final int UNCOMPRESSED_BYTES = 65;

  private static final Element GENERATOR = new Element(P256Group.BASE.getG());

  private final ECPoint point;

  private Element(ECPoint normalized) {
    this.point = normalized;
  }

  /** Only for points the program itself computed; {@link #decode} is for bytes from elsewhere. */
  static Element of(ECPoint point) {
    if (point.isInfinity()) {
      throw new IllegalArgumentException("The identity is not an element here.");
    }
    return new Element(point.normalize());
  }

  /** The generator G. */
  public static Element generator() {
    return GENERATOR;
  }

  /**
   * Reads a compressed point: exactly 33 bytes.
   *
   * @throws CryptoException for another length or form, the identity, or bytes that are no point of
   *     the curve (RFC 9497, section 2.1)
   */
  public static Element decode(byte[] bytes) throws CryptoException {
    if (bytes.length != BYTES || (bytes[0] != 2 && bytes[0] != 3)) {
      throw refused();
    }
    return decodeChecked(bytes);
  }

  /**
   * Reads an uncompressed point: exactly 65 bytes.
   *
   * @throws CryptoException as {@link #decode} does
   */
  public static Element decodeUncompressed(byte[] bytes) throws CryptoException {
    if (bytes.length != UNCOMPRESSED_BYTES || bytes[0] != 4) {
      throw refused();
    }
    return decodeChecked(bytes);
  }

  private static Element decodeChecked(byte[] bytes) throws CryptoException {
    try {
      return new Element(P256Group.CURVE.decodePoint(bytes));
    } catch (IllegalArgumentException e) {
      throw refused();
    }
  }

  private static CryptoException refused() {
    return new CryptoException("These bytes are not a point of P-256 in the form required here.");
  }

  /**
   * The sum with another element.
   *
   * @throws IllegalArgumentException when the other is the negative of this one
   */
  public Element add(Element other) {
    return of(point.add(other.point));
  }

  /** The negative. */
  public Element negate() {
    return of(point.negate());
  }

  /**
   * Whether this is G or -G. A token that only gives x coordinates cannot multiply these, so the
   * vault refuses them as malformed; an honest blinded element is one with probability 2^-255.
   */
  public boolean isGeneratorUpToSign() {
    return MessageDigest.isEqual(x(), GENERATOR.x());
  }

  /** The compressed encoding, 33 bytes. */
  public byte[] encode() {
    return point.getEncoded(true);
  }

  /** The uncompressed encoding, 65 bytes. */
  public byte[] encodeUncompressed() {
    return point.getEncoded(false);
  }

  /** The x coordinate, 32 bytes: what ECDH gives. */
  public byte[] x() {
    return BigIntegers.asUnsignedByteArray(32, point.getAffineXCoord().toBigInteger());
  }

  ECPoint point() {
    return point;
  }

  /** Compares in constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Element that && MessageDigest.isEqual(encode(), that.encode());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encode());
  }

  @Override
  public String toString() {
    return "Element(REDACTED)";
  }
}

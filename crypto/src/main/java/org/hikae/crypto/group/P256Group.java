package org.hikae.crypto.group;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.hash2curve.HashToCurveProfile;
import org.bouncycastle.crypto.hash2curve.HashToEllipticCurve;
import org.bouncycastle.crypto.hash2curve.OPRFHashToScalar;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.hikae.crypto.kdf.SecretBytes;

/**
 * Operations of P-256 that involve secrets, with the hash functions of RFC 9380 and the key
 * derivation of RFC 9497.
 *
 * <p>Timing: the JDK and Bouncy Castle have no constant-time multiplication of an arbitrary point
 * that gives a point. {@link #multiply} therefore splits the scalar afresh each time into two
 * random ones, {@link #invert} multiplies by a random one first, and {@link #multiplyBase} reads
 * its whole table for each digit. What a clock or a cache shows is then independent of the scalar,
 * unless one run alone reveals both halves. Safe for use by several threads if the generator is.
 */
public final class P256Group {

  static final X9ECParameters BASE = CustomNamedCurves.getByName("secp256r1");
  static final ECCurve CURVE = BASE.getCurve();

  /** The order n of the group, a prime. */
  static final BigInteger ORDER = BASE.getN();

  /**
   * The security level, not the length of the hash: that is what Bouncy Castle's parameter means.
   */
  private static final int SECURITY_BITS = 128;

  private static final String DERIVE_KEY_PAIR_DST = "DeriveKeyPairOPRFV1-\0-P256-SHA256";

  private final SecureRandom random;

  /** Draws splitting scalars from {@code random}. They change no result. */
  public P256Group(SecureRandom random) {
    this.random = random;
  }

  /** k·P. */
  public Element multiply(Element element, Scalar k) {
    BigInteger first;
    BigInteger second;
    do {
      first = Scalar.random(random).value();
      second = k.value().subtract(first).mod(ORDER);
    } while (second.signum() == 0);
    ECPoint point = element.point();
    return Element.of(point.multiply(first).add(point.multiply(second)));
  }

  /** The inverse of k modulo n. */
  public Scalar invert(Scalar k) {
    Scalar mask = Scalar.random(random);
    return Scalar.of(k.multiply(mask).value().modInverse(ORDER)).multiply(mask);
  }

  /** k·G. */
  public static Element multiplyBase(Scalar k) {
    return Element.of(new FixedPointCombMultiplier().multiply(BASE.getG(), k.value()));
  }

  /**
   * P256_XMD:SHA-256_SSWU_RO_ of RFC 9380. Not constant-time.
   *
   * @param dst domain separation tag, ASCII
   */
  public static Element hashToGroup(byte[] input, String dst) {
    ECPoint hashed =
        HashToEllipticCurve.getInstance(HashToCurveProfile.P256_XMD_SHA_256, dst)
            .hashToCurve(input);
    // Bouncy Castle maps to a generic curve object; ours is the fast one.
    return Element.of(CURVE.importPoint(hashed.normalize()));
  }

  /**
   * P256_XMD:SHA-256_SSWU_NU_ of RFC 9380: not uniform over the group, which CPace does not need.
   * Not constant-time.
   *
   * @param dst domain separation tag, ASCII
   */
  public static Element encodeToGroup(byte[] input, String dst) {
    ECPoint encoded =
        HashToEllipticCurve.getInstance(HashToCurveProfile.P256_XMD_SHA_256, dst)
            .encodeToCurve(input);
    return Element.of(CURVE.importPoint(encoded.normalize()));
  }

  /** HashToScalar of RFC 9497, section 4.3, with the given domain separation tag in ASCII. */
  public static Scalar hashToScalar(byte[] input, String dst) {
    OPRFHashToScalar hash = new OPRFHashToScalar(CURVE, new SHA256Digest(), SECURITY_BITS);
    return Scalar.of(hash.process(input, dst.getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * The secret of DeriveKeyPair of RFC 9497, section 3.2.1, mode 0. The RFC counts up while the
   * scalar is zero; that has probability 2^-256 and counts as a defect here.
   *
   * @param seed 32 random bytes
   * @param info what the key is for, ASCII
   */
  public static Scalar deriveScalar(SecretBytes seed, String info) {
    if (seed.length() != Scalar.BYTES) {
      throw new IllegalArgumentException("seed must have 32 bytes, not " + seed.length());
    }
    byte[] label = info.getBytes(StandardCharsets.US_ASCII);
    byte[] exposed = seed.expose();
    ByteBuffer input = ByteBuffer.allocate(Scalar.BYTES + 2 + label.length + 1);
    input.put(exposed).putShort((short) label.length).put(label).put((byte) 0);
    try {
      return hashToScalar(input.array(), DERIVE_KEY_PAIR_DST);
    } finally {
      Arrays.fill(exposed, (byte) 0);
      Arrays.fill(input.array(), (byte) 0);
    }
  }

  /** DeriveKeyPair: the key pair of {@link #deriveScalar}. */
  public DhKeyPair deriveKeyPair(SecretBytes seed, String info) {
    return new DhKeyPair(this, deriveScalar(seed, info));
  }
}

package org.hikae.crypto.group;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.hikae.crypto.CryptoException;

/**
 * A secret number in [1, n-1], n being the order of P-256. Zero and numbers from n up cannot be
 * represented.
 *
 * <p>Arithmetic is that of {@link BigInteger} and not constant-time; {@link P256Group} blinds the
 * operations that would leak. {@link #toString} shows nothing.
 */
public final class Scalar {

  /** Length of the encoding, in bytes: big-endian, leading zeros kept. */
  public static final int BYTES = 32;

  private final BigInteger value;

  private Scalar(BigInteger value) {
    this.value = value;
  }

  /** Only for values the program itself computed; {@link #decode} is for bytes from elsewhere. */
  static Scalar of(BigInteger value) {
    if (!inRange(value)) {
      throw new IllegalArgumentException("A scalar must be in [1, n-1].");
    }
    return new Scalar(value);
  }

  /**
   * Reads exactly 32 bytes, big-endian.
   *
   * @throws CryptoException for another length, zero, or a number from n up (RFC 9497, section 2.1)
   */
  public static Scalar decode(byte[] bytes) throws CryptoException {
    if (bytes.length != BYTES) {
      throw new CryptoException("A scalar must have 32 bytes, not " + bytes.length + ".");
    }
    BigInteger value = new BigInteger(1, bytes);
    if (!inRange(value)) {
      throw new CryptoException("A scalar must be in [1, n-1].");
    }
    return new Scalar(value);
  }

  /**
   * Draws uniformly from [1, n-1] by rejection (RFC 9497, section 4.7.2): 32 bytes per try, about
   * one try.
   */
  public static Scalar random(SecureRandom random) {
    byte[] candidate = new byte[BYTES];
    while (true) {
      random.nextBytes(candidate);
      BigInteger value = new BigInteger(1, candidate);
      Arrays.fill(candidate, (byte) 0);
      if (inRange(value)) {
        return new Scalar(value);
      }
    }
  }

  /** The product modulo n. */
  public Scalar multiply(Scalar other) {
    return new Scalar(value.multiply(other.value).mod(P256Group.ORDER));
  }

  /** The 32 bytes, big-endian: the secret itself. */
  public byte[] encode() {
    return BigIntegers.asUnsignedByteArray(BYTES, value);
  }

  BigInteger value() {
    return value;
  }

  private static boolean inRange(BigInteger value) {
    return value.signum() > 0 && value.compareTo(P256Group.ORDER) < 0;
  }

  /** Compares in constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Scalar that && MessageDigest.isEqual(encode(), that.encode());
  }

  /** The same for all scalars: a hash of the value would be a way to test guesses. */
  @Override
  public int hashCode() {
    return BYTES;
  }

  @Override
  public String toString() {
    return "Scalar(REDACTED)";
  }
}

package org.hikae.crypto.sign;

import java.util.Arrays;
import java.util.HexFormat;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Signature;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;

/**
 * The public half of an ECDSA P-256 key. Its encoding is a SubjectPublicKeyInfo (RFC 5480) in the
 * one form that is accepted: named curve, uncompressed point, DER, 91 bytes. So one key has one
 * encoding and one fingerprint.
 *
 * <p>A signature is no identifier: whoever sees one can make a second valid one of the same
 * transcript.
 */
public final class VerifyingKey {

  /** Length of the encoding. */
  public static final int BYTES = 91;

  /** SEQUENCE { SEQUENCE { id-ecPublicKey, secp256r1 }, BIT STRING of 65 bytes }. */
  private static final byte[] PREFIX =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

  private final Element point;

  /** The key of a point. */
  public VerifyingKey(Element point) {
    this.point = point;
  }

  /**
   * Reads exactly 91 bytes.
   *
   * @throws CryptoException for every other form, curve or algorithm, and for a point off the curve
   */
  public static VerifyingKey decode(byte[] spki) throws CryptoException {
    if (spki.length != BYTES || !Arrays.equals(spki, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
      throw new CryptoException("A public key must be a P-256 SubjectPublicKeyInfo of 91 bytes.");
    }
    return new VerifyingKey(
        Element.decodeUncompressed(Arrays.copyOfRange(spki, PREFIX.length, BYTES)));
  }

  /** The 91 bytes. */
  public byte[] encode() {
    return org.bouncycastle.util.Arrays.concatenate(PREFIX, point.encodeUncompressed());
  }

  /** SHA-256 of {@link #encode}. */
  public Hash256 fingerprint() {
    return Hash256.sha256(encode());
  }

  /**
   * Verifies a signature.
   *
   * @param signature r and s, exactly 64 bytes
   * @throws CryptoException when it is not this key's over this transcript
   */
  public void verify(Transcript transcript, byte[] signature) throws CryptoException {
    if (!P256Signature.verify(point, transcript.toBytes(), signature)) {
      throw new CryptoException("The signature does not belong to this key and these bytes.");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyingKey that && point.equals(that.point);
  }

  @Override
  public int hashCode() {
    return point.hashCode();
  }

  /** The fingerprint. */
  @Override
  public String toString() {
    return "VerifyingKey(" + fingerprint().hex() + ")";
  }
}

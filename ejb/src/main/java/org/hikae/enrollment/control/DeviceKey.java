package org.hikae.enrollment.control;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;

/**
 * The public key of a device: a point on P-256 in the one usual SubjectPublicKeyInfo encoding, and
 * nothing else. Its identifier follows from the bytes, so a second encoding of a key would be a
 * second device; it is refused.
 */
public final class DeviceKey {

  /**
   * Everything before the 64 bytes of the point: algorithm id-ecPublicKey, curve prime256v1,
   * uncompressed.
   */
  private static final byte[] PREFIX =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200" + "04");

  private static final int POINT_BYTES = 64;

  private final byte[] encoded;
  private final ECPublicKey key;

  private DeviceKey(byte[] encoded, ECPublicKey key) {
    this.encoded = encoded;
    this.key = key;
  }

  /** Reads a SubjectPublicKeyInfo. */
  public static DeviceKey parse(byte[] spki) throws MalformedException {
    boolean usual =
        spki.length == PREFIX.length + POINT_BYTES
            && Arrays.mismatch(spki, PREFIX) == PREFIX.length;
    if (!usual) {
      throw new MalformedException("publicKey must be a P-256 SubjectPublicKeyInfo of 91 bytes.");
    }
    try {
      ECPublicKey key =
          (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
      requireOnCurve(key.getW(), key.getParams());
      return new DeviceKey(spki.clone(), key);
    } catch (GeneralSecurityException e) {
      throw new MalformedException("publicKey is not a point on P-256.");
    }
  }

  private static void requireOnCurve(ECPoint point, ECParameterSpec curve)
      throws MalformedException {
    BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right =
        x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB()).mod(p);
    boolean onCurve = x.max(y).compareTo(p) < 0 && y.multiply(y).mod(p).equals(right);
    if (!onCurve) {
      throw new MalformedException("publicKey is not a point on P-256.");
    }
  }

  /** Hexadecimal identifier of the device. */
  public String deviceId() {
    return TextCodec.hex(TextCodec.deviceId(encoded));
  }

  /** SubjectPublicKeyInfo. */
  public byte[] encoded() {
    return encoded.clone();
  }

  /**
   * Whether {@code signature} is this key's over {@code message}; anything that is no signature is
   * not.
   */
  public boolean verifies(byte[] message, byte[] signature) {
    if (signature.length != Hk1Constants.SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}

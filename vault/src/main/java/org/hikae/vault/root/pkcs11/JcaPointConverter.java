package org.hikae.vault.root.pkcs11;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;

/** Carries points between our types and the JDK's. */
final class JcaPointConverter {

  /** The curve, as the JDK names it. */
  static final ECGenParameterSpec CURVE = new ECGenParameterSpec("secp256r1");

  private static final int FIELD_BYTES = Element.BYTES - 1;

  private JcaPointConverter() {}

  static ECPublicKey toJdk(Element element) throws GeneralSecurityException {
    byte[] point = element.encodeUncompressed();
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + FIELD_BYTES));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + FIELD_BYTES, point.length));
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(CURVE);
    return (ECPublicKey)
        KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(
                    new ECPoint(x, y), parameters.getParameterSpec(ECParameterSpec.class)));
  }

  /**
   * Reads a public key.
   *
   * @throws CryptoException when it is not one of P-256
   */
  static Element fromJdk(PublicKey key) throws CryptoException {
    if (!(key instanceof ECPublicKey ec)
        || ec.getParams().getCurve().getField().getFieldSize() != 8 * FIELD_BYTES) {
      throw new CryptoException("This is not a public key of P-256.");
    }
    return Element.decodeUncompressed(
        ByteBuffer.allocate(Element.UNCOMPRESSED_BYTES)
            .put((byte) 4)
            .put(BigIntegers.asUnsignedByteArray(FIELD_BYTES, ec.getW().getAffineX()))
            .put(BigIntegers.asUnsignedByteArray(FIELD_BYTES, ec.getW().getAffineY()))
            .array());
  }
}

package org.hikae.crypto.sign;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import org.hikae.crypto.CryptoDefectException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.Scalar;

/** Carries keys from our types into the JDK's ECDSA. */
final class JcaKeyConverter {

  private static final ECParameterSpec P256 = parameters();

  private JcaKeyConverter() {}

  /**
   * SHA-256, and the fixed-length form of the signature: DER has several encodings of one
   * signature.
   */
  static Signature ecdsa() throws GeneralSecurityException {
    return Signature.getInstance("SHA256withECDSAinP1363Format");
  }

  static PrivateKey privateKey(Scalar secret) {
    try {
      return KeyFactory.getInstance("EC")
          .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, secret.encode()), P256));
    } catch (GeneralSecurityException e) {
      throw defect(e);
    }
  }

  static PublicKey publicKey(Element element) {
    byte[] point = element.encodeUncompressed();
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 33, 65));
    try {
      return KeyFactory.getInstance("EC")
          .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), P256));
    } catch (GeneralSecurityException e) {
      throw defect(e);
    }
  }

  private static ECParameterSpec parameters() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw defect(e);
    }
  }

  static CryptoDefectException defect(GeneralSecurityException cause) {
    return new CryptoDefectException("ECDSA P-256 of the JDK refused a valid key.", cause);
  }
}

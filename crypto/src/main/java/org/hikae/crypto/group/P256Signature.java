package org.hikae.crypto.group;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.hikae.hk1.Hash256;

/**
 * ECDSA (FIPS 186-5) with SHA-256 over P-256, by Bouncy Castle. The JDK's own sets up a table for
 * its generator that takes a program that has just been started 0.3 seconds (ADR 63).
 *
 * <p>Timing: the nonce's multiplication reads its whole table for each digit and takes as many
 * steps for each nonce; its inverse is computed in constant time. The last product and sum modulo n
 * are those of {@link BigInteger}.
 */
public final class P256Signature {

  /** Length: r, then s, 32 bytes each, big-endian (IEEE P1363). */
  public static final int BYTES = 2 * Scalar.BYTES;

  private static final ECDomainParameters DOMAIN =
      new ECDomainParameters(P256Group.CURVE, P256Group.BASE.getG(), P256Group.ORDER);

  private P256Signature() {}

  /** Signs with a fresh nonce from {@code random}; a repeated nonce would give the secret away. */
  public static byte[] sign(Scalar secret, byte[] message, SecureRandom random) {
    ECDSASigner signer = new ECDSASigner();
    signer.init(
        true, new ParametersWithRandom(new ECPrivateKeyParameters(secret.value(), DOMAIN), random));
    BigInteger[] signature = signer.generateSignature(Hash256.sha256(message).toBytes());
    return Arrays.concatenate(
        BigIntegers.asUnsignedByteArray(Scalar.BYTES, signature[0]),
        BigIntegers.asUnsignedByteArray(Scalar.BYTES, signature[1]));
  }

  /**
   * Whether {@code signature} is one of {@code message} under this key; false for other lengths.
   */
  public static boolean verify(Element key, byte[] message, byte[] signature) {
    if (signature.length != BYTES) {
      return false;
    }
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, new ECPublicKeyParameters(key.point(), DOMAIN));
    return verifier.verifySignature(
        Hash256.sha256(message).toBytes(),
        BigIntegers.fromUnsignedByteArray(signature, 0, Scalar.BYTES),
        BigIntegers.fromUnsignedByteArray(signature, Scalar.BYTES, Scalar.BYTES));
  }
}

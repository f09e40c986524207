package org.hikae.runtime.control;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The public half of a key of Ed25519 (RFC 8032) whose other half is not on this host: nobody here
 * can sign what this accepts.
 */
public final class SignatureKey {

  /** Length of a signature. */
  public static final int SIGNATURE_BYTES = 64;

  private static final String ALGORITHM = "Ed25519";

  private final PublicKey key;

  private SignatureKey(PublicKey key) {
    this.key = key;
  }

  /**
   * Reads one as it stands between the lines of a PEM file: SubjectPublicKeyInfo (RFC 8410) in
   * Base64.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static SignatureKey of(String base64) {
    try {
      byte[] encoded = Base64.getDecoder().decode(base64);
      return new SignatureKey(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no public key of " + ALGORITHM, e);
    }
  }

  /** Whether these bytes were signed with the other half; false for anything else, too. */
  public boolean hasSigned(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(message);
      return signature.length == SIGNATURE_BYTES && verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}

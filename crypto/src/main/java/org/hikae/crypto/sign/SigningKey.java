package org.hikae.crypto.sign;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.P256Signature;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Transcript;

/**
 * An ECDSA P-256 key in memory (FIPS 186-5, with SHA-256). Unforgeable as long as the generator
 * given to it is sound: a repeated nonce would give the key away.
 */
public final class SigningKey implements Signer {

  private static final Pattern JWS_INPUT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final Scalar secret;
  private final VerifyingKey publicKey;
  private final SecureRandom random;

  private SigningKey(Scalar secret, SecureRandom random) {
    this.secret = secret;
    this.publicKey = new VerifyingKey(P256Group.multiplyBase(secret));
    this.random = random;
  }

  /** A fresh key. */
  public static SigningKey generate(SecureRandom random) {
    return new SigningKey(Scalar.random(random), random);
  }

  /**
   * The key that belongs to a seed, the same on every device: DeriveKeyPair of RFC 9497, section
   * 3.2.1.
   *
   * @param seed 32 random bytes
   * @param info what the key is for, such as {@code "HK1 owner"}
   */
  public static SigningKey fromSeed(SecretBytes seed, String info, SecureRandom random) {
    return new SigningKey(P256Group.deriveScalar(seed, info), random);
  }

  /**
   * Restores what {@link #encode} gave.
   *
   * @throws CryptoException for another length than 32 bytes or a number outside [1, n-1]
   */
  public static SigningKey decode(SecretBytes encoded, SecureRandom random) throws CryptoException {
    byte[] exposed = encoded.expose();
    try {
      return new SigningKey(Scalar.decode(exposed), random);
    } finally {
      Arrays.fill(exposed, (byte) 0);
    }
  }

  /** The secret number, 32 bytes big-endian. */
  public SecretBytes encode() {
    return SecretBytes.take(secret.encode());
  }

  @Override
  public VerifyingKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(Transcript transcript) {
    return sign(transcript.toBytes());
  }

  /**
   * Signs a JWS with ES256 (RFC 7515, section 5.1), the one form beside a transcript. Its input is
   * text and a transcript begins with a zero byte, so no signature is ever good for both.
   *
   * @param signingInput header, full stop, payload, each in base64url
   * @return 64 bytes, r and s, as ES256 has them
   * @throws IllegalArgumentException for anything else
   */
  public byte[] signJws(String signingInput) {
    if (!JWS_INPUT.matcher(signingInput).matches()) {
      throw new IllegalArgumentException("This is not the input of a JWS.");
    }
    return sign(signingInput.getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] sign(byte[] message) {
    return P256Signature.sign(secret, message, random);
  }

  @Override
  public String toString() {
    return "SigningKey(REDACTED)";
  }
}

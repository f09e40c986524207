package org.hikae.runtime.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key pair (RFC 8032) in a file: a PEM block PRIVATE KEY and a PEM block PUBLIC KEY (RFC
 * 8410), as OpenSSL writes them. Has no {@code toString}: nothing of it belongs into a log.
 */
public final class PortalSigningKey {

  /** Bytes of the public key as such. */
  public static final int PUBLIC_BYTES = 32;

  private static final int MAX_FILE_BYTES = 10_000;
  private static final String ALGORITHM = "Ed25519";
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final PrivateKey secret;
  private final byte[] publicKey;

  private PortalSigningKey(PrivateKey secret, PublicKey known) throws GeneralSecurityException {
    byte[] spki = known.getEncoded();
    this.secret = secret;
    // SubjectPublicKeyInfo of Ed25519 is a fixed prefix and the key (RFC 8410, section 4).
    this.publicKey = Arrays.copyOfRange(spki, spki.length - PUBLIC_BYTES, spki.length);
    byte[] probe = {1};
    Signature verifier = Signature.getInstance(ALGORITHM);
    verifier.initVerify(known);
    verifier.update(probe);
    if (!verifier.verify(sign(probe))) {
      throw new InvalidKeySpecException("the public key does not belong to the private key");
    }
  }

  /**
   * Reads the key from {@code file}; if there is none, makes one there, readable by its owner only
   * and forced to the disk. Of two programs that make it at once both use the one that was first.
   */
  public static PortalSigningKey readOrMake(Path file)
      throws IOException, GeneralSecurityException {
    if (!Files.exists(file)) {
      make(file);
    }
    return read(file);
  }

  private static void make(Path file) throws IOException, GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    String pem =
        block(PRIVATE, pair.getPrivate().getEncoded())
            + block(PUBLIC, pair.getPublic().getEncoded());
    KeyFile.make(file, "signing-key", pem);
  }

  private static PortalSigningKey read(Path file) throws IOException, GeneralSecurityException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException("the file has more than " + MAX_FILE_BYTES + " bytes");
    }
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
    return new PortalSigningKey(
        keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(pem, PRIVATE))),
        keys.generatePublic(new X509EncodedKeySpec(bytes(pem, PUBLIC))));
  }

  private static String block(String what, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return begin(what) + "\n" + text + "\n" + end(what) + "\n";
  }

  private static byte[] bytes(String pem, String what) throws InvalidKeySpecException {
    int from = pem.indexOf(begin(what));
    int to = pem.indexOf(end(what), from);
    if (from == -1 || to == -1) {
      throw new InvalidKeySpecException("the file has no block " + what);
    }
    try {
      return Base64.getMimeDecoder().decode(pem.substring(from + begin(what).length(), to));
    } catch (IllegalArgumentException e) {
      throw new InvalidKeySpecException("the block " + what + " is not Base64");
    }
  }

  private static String begin(String what) {
    return "-----BEGIN " + what + "-----";
  }

  private static String end(String what) {
    return "-----END " + what + "-----";
  }

  public byte[] sign(byte[] message) throws GeneralSecurityException {
    Signature signer = Signature.getInstance(ALGORITHM);
    signer.initSign(secret);
    signer.update(message);
    return signer.sign();
  }

  /** The public key, {@link #PUBLIC_BYTES} bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** Thumbprint of the public key (RFC 7638), by which JWS name it. */
  public String keyId() {
    return thumbprint(publicKey);
  }

  private static String thumbprint(byte[] publicKey) {
    String jwk =
        "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + BASE64.encodeToString(publicKey) + "\"}";
    try {
      return BASE64.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(jwk.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}

package org.hikae.admin.port;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteSigner;

/** Signs by the portal's key of the transparency log, from its file (PEM, RFC 8410). */
public final class LogKeySigner {

  private static final long MAX_FILE_BYTES = 10_000;
  private static final String ALGORITHM = "Ed25519";
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private LogKeySigner() {}

  /**
   * What signs in the name of the log. That file and public key belong together is seen when it
   * signs.
   *
   * @param key the public one, as others know it
   * @throws IOException when the file cannot be read, or has no such key; says nothing of what is
   *     in it
   */
  public static NoteSigner read(Path file, NoteKey key) throws IOException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException("it has more than " + MAX_FILE_BYTES + " bytes");
    }
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    int from = pem.indexOf(BEGIN);
    int to = pem.indexOf(END);
    if (from < 0 || to < from) {
      throw new IOException("it has no private key in PEM");
    }
    PrivateKey secret = privateKey(pem.substring(from + BEGIN.length(), to));
    return new NoteSigner(
        key,
        message -> {
          Signature signature = Signature.getInstance(ALGORITHM);
          signature.initSign(secret);
          signature.update(message);
          return signature.sign();
        });
  }

  private static PrivateKey privateKey(String base64) throws IOException {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("its private key is none of " + ALGORITHM);
    }
  }
}

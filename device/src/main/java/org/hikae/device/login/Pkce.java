package org.hikae.device.login;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;

/**
 * Proof key of one sign-in (RFC 7636, method S256): whoever catches the code on its way cannot use
 * it without the verifier. Sent with the device grant too, as Keycloak demands for a client that
 * must use it.
 *
 * @param verifier the secret, kept until the code is exchanged
 */
record Pkce(String verifier) {

  /** The only method in use. */
  static final String METHOD = "S256";

  /** A fresh one. */
  static Pkce generate(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return new Pkce(TextCodec.base64(bytes));
  }

  /** What is sent at the start. */
  String challenge() {
    byte[] ascii = verifier.getBytes(StandardCharsets.US_ASCII);
    return TextCodec.base64(Hash256.sha256(ascii).toBytes());
  }

  @Override
  public String toString() {
    return "Pkce(REDACTED)";
  }
}

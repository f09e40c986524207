package org.hikae.crypto.opaque.client;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.util.Arrays;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.OpaqueSuite;

/**
 * What the password and the OPRF key together give for one envelope nonce (RFC 9807, section 4.1):
 * the client's AKE key, the export key, and the tag that binds server key and names. The envelope
 * on the wire is only nonce and tag.
 */
final class Envelope {

  private final DhKeyPair clientKey;
  private final SecretBytes exportKey;
  private final byte[] tag;

  private Envelope(DhKeyPair clientKey, SecretBytes exportKey, byte[] tag) {
    this.clientKey = clientKey;
    this.exportKey = exportKey;
    this.tag = tag;
  }

  static Envelope derive(
      P256Group group,
      byte[] randomizedPassword,
      byte[] nonce,
      byte[] serverPublicKey,
      OpaqueContext context) {
    byte[] authKey = expand(randomizedPassword, nonce, "AuthKey");
    SecretBytes exportKey = SecretBytes.take(expand(randomizedPassword, nonce, "ExportKey"));
    DhKeyPair clientKey;
    try (SecretBytes seed = SecretBytes.take(expand(randomizedPassword, nonce, "PrivateKey"))) {
      clientKey = group.deriveKeyPair(seed, OpaqueSuite.AKE_KEY_INFO);
    }
    byte[] authenticated =
        Arrays.concatenate(
            nonce, serverPublicKey, context.serverIdentity(), context.clientIdentity());
    byte[] tag = HmacSha256.mac(authKey, authenticated);
    Arrays.clear(authKey);
    return new Envelope(clientKey, exportKey, tag);
  }

  private static byte[] expand(byte[] randomizedPassword, byte[] nonce, String label) {
    byte[] info = Arrays.concatenate(nonce, label.getBytes(StandardCharsets.US_ASCII));
    return Hkdf.expand(randomizedPassword, info, OpaqueSuite.SEED);
  }

  DhKeyPair clientKey() {
    return clientKey;
  }

  Element clientPublicKey() {
    return clientKey.publicKey();
  }

  SecretBytes exportKey() {
    return exportKey;
  }

  byte[] tag() {
    return tag;
  }
}

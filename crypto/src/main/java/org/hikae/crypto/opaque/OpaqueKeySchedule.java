package org.hikae.crypto.opaque;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.util.Arrays;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;

/**
 * The key schedule of OPAQUE-3DH (RFC 9807, section 6.4.2): both halves compute the same from the
 * three products and everything that was sent, each then compares the other's code. Used by the two
 * halves only.
 */
public final class OpaqueKeySchedule {

  private static final byte[] EMPTY = new byte[0];
  private static final byte[] VERSION = ascii("OPAQUEv1-");

  private final byte[] serverMac;
  private final byte[] clientMac;
  private final SecretBytes sessionKey;

  private OpaqueKeySchedule(byte[] serverMac, byte[] clientMac, SecretBytes sessionKey) {
    this.serverMac = serverMac;
    this.clientMac = clientMac;
    this.sessionKey = sessionKey;
  }

  /**
   * What is authenticated: Preamble of RFC 9807, section 6.4.1.
   *
   * @param serverNonce 32 bytes
   */
  public static byte[] preamble(
      OpaqueContext context,
      Ke1 ke1,
      CredentialResponse response,
      byte[] serverNonce,
      Element serverKeyShare) {
    return Arrays.concatenate(
        new byte[][] {
          VERSION,
          context.application(),
          context.clientIdentity(),
          ke1.encode(),
          context.serverIdentity(),
          response.encode(),
          serverNonce,
          serverKeyShare.encode()
        });
  }

  /**
   * DeriveKeys, and the two codes. The products are used in their compressed form, 33 bytes each.
   */
  public static OpaqueKeySchedule derive(byte[] preamble, Element dh1, Element dh2, Element dh3) {
    byte[] products = Arrays.concatenate(dh1.encode(), dh2.encode(), dh3.encode());
    byte[] prk = Hkdf.extract(EMPTY, products);
    byte[] hash = Hash256.sha256(preamble).toBytes();
    byte[] handshakeSecret = deriveSecret(prk, "HandshakeSecret", hash);
    byte[] serverMac = mac(handshakeSecret, "ServerMAC", hash);
    byte[] whole = Hash256.sha256(Arrays.concatenate(preamble, serverMac)).toBytes();
    byte[] clientMac = mac(handshakeSecret, "ClientMAC", whole);
    byte[] sessionKey = deriveSecret(prk, "SessionKey", hash);
    for (byte[] secret : new byte[][] {products, prk, handshakeSecret}) {
      Arrays.clear(secret);
    }
    return new OpaqueKeySchedule(serverMac, clientMac, SecretBytes.take(sessionKey));
  }

  private static byte[] mac(byte[] handshakeSecret, String label, byte[] hash) {
    byte[] key = deriveSecret(handshakeSecret, label, EMPTY);
    byte[] mac = HmacSha256.mac(key, hash);
    Arrays.clear(key);
    return mac;
  }

  /** Derive-Secret, with Expand-Label of RFC 9807, section 6.4.2. */
  private static byte[] deriveSecret(byte[] key, String label, byte[] hash) {
    byte[] fullLabel = ascii("OPAQUE-" + label);
    byte[] info =
        ByteBuffer.allocate(4 + fullLabel.length + hash.length)
            .putShort((short) OpaqueSuite.MAC)
            .put((byte) fullLabel.length)
            .put(fullLabel)
            .put((byte) hash.length)
            .put(hash)
            .array();
    return Hkdf.expand(key, info, OpaqueSuite.MAC);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The server's code over the exchange, 32 bytes. */
  public byte[] serverMac() {
    return serverMac.clone();
  }

  /** The client's code over the exchange and the server's code, 32 bytes. */
  public byte[] clientMac() {
    return clientMac.clone();
  }

  /** The key both sides share afterwards, 32 bytes. */
  public SecretBytes sessionKey() {
    return sessionKey;
  }
}

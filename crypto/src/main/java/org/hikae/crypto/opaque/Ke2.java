package org.hikae.crypto.opaque;

import org.bouncycastle.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;

/**
 * The server's answer to KE1 (RFC 9807, section 6.1). Whoever has it can test one password against
 * it.
 */
public final class Ke2 {

  /** Length of the encoding. */
  public static final int BYTES =
      CredentialResponse.BYTES + OpaqueSuite.NONCE + Element.BYTES + OpaqueSuite.MAC;

  private final CredentialResponse credentialResponse;
  private final byte[] serverNonce;
  private final Element serverKeyShare;
  private final byte[] serverMac;

  /**
   * Copies the arrays.
   *
   * @param serverNonce 32 random bytes
   * @param serverMac 32 bytes over the whole exchange so far
   */
  public Ke2(
      CredentialResponse credentialResponse,
      byte[] serverNonce,
      Element serverKeyShare,
      byte[] serverMac) {
    if (serverNonce.length != OpaqueSuite.NONCE || serverMac.length != OpaqueSuite.MAC) {
      throw new IllegalArgumentException("serverNonce and serverMac have 32 bytes");
    }
    this.credentialResponse = credentialResponse;
    this.serverNonce = serverNonce.clone();
    this.serverKeyShare = serverKeyShare;
    this.serverMac = serverMac.clone();
  }

  /**
   * Reads exactly 259 bytes.
   *
   * @throws CryptoException for another length or an invalid element
   */
  public static Ke2 decode(byte[] bytes) throws CryptoException {
    OpaqueMessageReader in = new OpaqueMessageReader("KE2", bytes, BYTES);
    return new Ke2(
        CredentialResponse.read(in),
        in.bytes(OpaqueSuite.NONCE),
        in.element(),
        in.bytes(OpaqueSuite.MAC));
  }

  /** The 259 bytes. */
  public byte[] encode() {
    return Arrays.concatenate(
        credentialResponse.encode(), serverNonce, serverKeyShare.encode(), serverMac);
  }

  /** Evaluated password and masked credentials. */
  public CredentialResponse credentialResponse() {
    return credentialResponse;
  }

  /** 32 bytes. */
  public byte[] serverNonce() {
    return serverNonce.clone();
  }

  /** The server's ephemeral key. */
  public Element serverKeyShare() {
    return serverKeyShare;
  }

  /** 32 bytes. */
  public byte[] serverMac() {
    return serverMac.clone();
  }
}

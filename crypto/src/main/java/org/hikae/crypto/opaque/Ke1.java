package org.hikae.crypto.opaque;

import org.bouncycastle.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;

/**
 * The client's first message of a login (RFC 9807, section 6.1): blinded password, nonce, ephemeral
 * key.
 */
public final class Ke1 {

  /** Length of the encoding. */
  public static final int BYTES = Element.BYTES + OpaqueSuite.NONCE + Element.BYTES;

  private final Element blindedElement;
  private final byte[] clientNonce;
  private final Element clientKeyShare;

  /**
   * Copies the array.
   *
   * @param clientNonce 32 random bytes
   */
  public Ke1(Element blindedElement, byte[] clientNonce, Element clientKeyShare) {
    if (clientNonce.length != OpaqueSuite.NONCE) {
      throw new IllegalArgumentException("clientNonce has 32 bytes, not " + clientNonce.length);
    }
    this.blindedElement = blindedElement;
    this.clientNonce = clientNonce.clone();
    this.clientKeyShare = clientKeyShare;
  }

  /**
   * Reads exactly 98 bytes.
   *
   * @throws CryptoException for another length, an invalid element, or G or -G as blinded password
   */
  public static Ke1 decode(byte[] bytes) throws CryptoException {
    OpaqueMessageReader in = new OpaqueMessageReader("KE1", bytes, BYTES);
    return new Ke1(in.blindedElement(), in.bytes(OpaqueSuite.NONCE), in.element());
  }

  /** The 98 bytes. */
  public byte[] encode() {
    return Arrays.concatenate(blindedElement.encode(), clientNonce, clientKeyShare.encode());
  }

  /** The blinded password. */
  public Element blindedElement() {
    return blindedElement;
  }

  /** The client's ephemeral key. */
  public Element clientKeyShare() {
    return clientKeyShare;
  }
}

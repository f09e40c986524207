package org.hikae.crypto.opaque;

import org.bouncycastle.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;

/**
 * The server's answer to a registration request (RFC 9807, section 5.1).
 *
 * @param evaluatedElement the blinded password times the record's OPRF key
 * @param serverPublicKey the server's AKE key; the client compares it with the one on the card
 */
public record RegistrationResponse(Element evaluatedElement, Element serverPublicKey) {

  /** Length of the encoding. */
  public static final int BYTES = 2 * Element.BYTES;

  /**
   * Reads exactly 66 bytes.
   *
   * @throws CryptoException when they are not two elements
   */
  public static RegistrationResponse decode(byte[] bytes) throws CryptoException {
    OpaqueMessageReader in = new OpaqueMessageReader("A registration response", bytes, BYTES);
    return new RegistrationResponse(in.element(), in.element());
  }

  /** The 66 bytes. */
  public byte[] encode() {
    return Arrays.concatenate(evaluatedElement.encode(), serverPublicKey.encode());
  }
}

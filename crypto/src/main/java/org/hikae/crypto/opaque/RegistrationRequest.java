package org.hikae.crypto.opaque;

import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;

/**
 * The client's first message of a registration (RFC 9807, section 5.1).
 *
 * @param blindedElement the blinded password
 */
public record RegistrationRequest(Element blindedElement) {

  /** Length of the encoding. */
  public static final int BYTES = Element.BYTES;

  /**
   * Reads exactly 33 bytes.
   *
   * @throws CryptoException when they are not an element, or G or -G
   */
  public static RegistrationRequest decode(byte[] bytes) throws CryptoException {
    return new RegistrationRequest(
        new OpaqueMessageReader("A registration request", bytes, BYTES).blindedElement());
  }

  /** The 33 bytes. */
  public byte[] encode() {
    return blindedElement.encode();
  }
}

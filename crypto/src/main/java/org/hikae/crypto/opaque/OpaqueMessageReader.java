package org.hikae.crypto.opaque;

import java.nio.ByteBuffer;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;

/**
 * Reads the fields of a message of one exact length, which is checked first; so no field can be
 * missing or left over.
 */
final class OpaqueMessageReader {

  private final ByteBuffer in;

  OpaqueMessageReader(String message, byte[] bytes, int length) throws CryptoException {
    if (bytes.length != length) {
      throw new CryptoException(
          message + " must have " + length + " bytes, not " + bytes.length + ".");
    }
    this.in = ByteBuffer.wrap(bytes);
  }

  byte[] bytes(int length) {
    byte[] field = new byte[length];
    in.get(field);
    return field;
  }

  Element element() throws CryptoException {
    return Element.decode(bytes(Element.BYTES));
  }

  /** An element that the vault is asked to multiply by its key. */
  Element blindedElement() throws CryptoException {
    Element element = element();
    if (element.isGeneratorUpToSign()) {
      throw new CryptoException("A blinded element cannot be the generator or its negative.");
    }
    return element;
  }
}

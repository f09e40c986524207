package org.hikae.crypto.opaque;

import org.bouncycastle.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;

/**
 * What the client uploads at the end of a registration and the server keeps (RFC 9807, section
 * 5.1). Secret at the server: with it and the OPRF key a password can be guessed without limit.
 */
public final class RegistrationRecord {

  /** Length of the encoding. */
  public static final int BYTES = Element.BYTES + OpaqueSuite.MAC + OpaqueSuite.ENVELOPE;

  private final Element clientPublicKey;
  private final byte[] maskingKey;
  private final byte[] envelope;

  /**
   * Copies the arrays.
   *
   * @param maskingKey 32 bytes
   * @param envelope 64 bytes, nonce and tag
   */
  public RegistrationRecord(Element clientPublicKey, byte[] maskingKey, byte[] envelope) {
    if (maskingKey.length != OpaqueSuite.MAC || envelope.length != OpaqueSuite.ENVELOPE) {
      throw new IllegalArgumentException("maskingKey has 32 bytes, envelope 64");
    }
    this.clientPublicKey = clientPublicKey;
    this.maskingKey = maskingKey.clone();
    this.envelope = envelope.clone();
  }

  /**
   * The record to answer with when there is none (RFC 9807, section 6.3.2.2): an envelope of zeros,
   * which no password opens. The same account must get the same key and masking key each time, or
   * the answers tell that it is fake.
   */
  public static RegistrationRecord fake(Element clientPublicKey, byte[] maskingKey) {
    return new RegistrationRecord(clientPublicKey, maskingKey, new byte[OpaqueSuite.ENVELOPE]);
  }

  /**
   * Reads exactly 129 bytes.
   *
   * @throws CryptoException for another length or when the first 33 are not an element
   */
  public static RegistrationRecord decode(byte[] bytes) throws CryptoException {
    OpaqueMessageReader in = new OpaqueMessageReader("A registration upload", bytes, BYTES);
    return new RegistrationRecord(
        in.element(), in.bytes(OpaqueSuite.MAC), in.bytes(OpaqueSuite.ENVELOPE));
  }

  /** The 129 bytes. */
  public byte[] encode() {
    return Arrays.concatenate(clientPublicKey.encode(), maskingKey, envelope);
  }

  /** The client's AKE key. */
  public Element clientPublicKey() {
    return clientPublicKey;
  }

  /** The key that hides the envelope from whoever does not know the password, 32 bytes. */
  public byte[] maskingKey() {
    return maskingKey.clone();
  }

  /** Nonce and tag, 64 bytes. */
  public byte[] envelope() {
    return envelope.clone();
  }

  @Override
  public String toString() {
    return "RegistrationRecord(REDACTED)";
  }
}

package org.hikae.crypto.opaque;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.Bytes;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.kdf.Hkdf;

/**
 * The first part of KE2 (RFC 9807, section 6.1): evaluated password, and server key and envelope
 * under a mask.
 */
public final class CredentialResponse {

  /** Length of the encoding. */
  public static final int BYTES = Element.BYTES + OpaqueSuite.NONCE + OpaqueSuite.MASKED;

  private static final byte[] PAD = "CredentialResponsePad".getBytes(StandardCharsets.US_ASCII);

  private final Element evaluatedElement;
  private final byte[] maskingNonce;
  private final byte[] maskedResponse;

  private CredentialResponse(Element evaluatedElement, byte[] maskingNonce, byte[] maskedResponse) {
    this.evaluatedElement = evaluatedElement;
    this.maskingNonce = maskingNonce;
    this.maskedResponse = maskedResponse;
  }

  /**
   * Masks the server's key and the record's envelope.
   *
   * @param maskingNonce 32 random bytes, fresh for each answer
   */
  public static CredentialResponse mask(
      Element evaluatedElement,
      byte[] maskingNonce,
      Element serverPublicKey,
      RegistrationRecord record) {
    if (maskingNonce.length != OpaqueSuite.NONCE) {
      throw new IllegalArgumentException("maskingNonce has 32 bytes, not " + maskingNonce.length);
    }
    byte[] plain = Arrays.concatenate(serverPublicKey.encode(), record.envelope());
    return new CredentialResponse(
        evaluatedElement, maskingNonce.clone(), xorPad(record.maskingKey(), maskingNonce, plain));
  }

  /** Server key (33 bytes) and envelope (64 bytes); noise when the masking key is wrong. */
  public byte[] unmask(byte[] maskingKey) {
    return xorPad(maskingKey, maskingNonce, maskedResponse);
  }

  private static byte[] xorPad(byte[] maskingKey, byte[] maskingNonce, byte[] data) {
    byte[] pad = Hkdf.expand(maskingKey, Arrays.concatenate(maskingNonce, PAD), OpaqueSuite.MASKED);
    Bytes.xorTo(OpaqueSuite.MASKED, data, pad);
    return pad;
  }

  static CredentialResponse read(OpaqueMessageReader in) throws CryptoException {
    return new CredentialResponse(
        in.element(), in.bytes(OpaqueSuite.NONCE), in.bytes(OpaqueSuite.MASKED));
  }

  /** The 162 bytes. */
  public byte[] encode() {
    return Arrays.concatenate(evaluatedElement.encode(), maskingNonce, maskedResponse);
  }

  /** The blinded password times the record's OPRF key. */
  public Element evaluatedElement() {
    return evaluatedElement;
  }
}

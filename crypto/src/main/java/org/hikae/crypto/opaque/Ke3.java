package org.hikae.crypto.opaque;

import org.hikae.crypto.CryptoException;

/**
 * The client's last message of a login (RFC 9807, section 6.1): the proof that it knew the
 * password.
 */
public final class Ke3 {

  /** Length of the encoding. */
  public static final int BYTES = OpaqueSuite.MAC;

  private final byte[] clientMac;

  private Ke3(byte[] clientMac) {
    this.clientMac = clientMac;
  }

  /**
   * Reads exactly 32 bytes.
   *
   * @throws CryptoException for another length
   */
  public static Ke3 decode(byte[] bytes) throws CryptoException {
    return new Ke3(new OpaqueMessageReader("KE3", bytes, BYTES).bytes(BYTES));
  }

  /** The 32 bytes. */
  public byte[] encode() {
    return clientMac.clone();
  }
}

package org.hikae.crypto.cpace;

import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;

/**
 * What a party sends: its share, and bytes of the application that the key will depend on.
 *
 * @param share Ya or Yb
 * @param associatedData ADa or ADb; who relays it can read it
 */
public record CpaceMessage(Element share, byte[] associatedData) {

  /** Most bytes of associated data. */
  public static final int MAX_ASSOCIATED_DATA = 1024;

  /** Copies the array. */
  public CpaceMessage {
    if (associatedData.length > MAX_ASSOCIATED_DATA) {
      throw new IllegalArgumentException("associatedData must have at most 1024 bytes");
    }
    associatedData = associatedData.clone();
  }

  /**
   * Reads what the other party has sent.
   *
   * @param share 65 bytes, the uncompressed form of SEC 1
   * @throws CryptoException when the share is no point of the curve, or the identity, or there is
   *     too much associated data
   */
  public static CpaceMessage decode(byte[] share, byte[] associatedData) throws CryptoException {
    if (associatedData.length > MAX_ASSOCIATED_DATA) {
      throw new CryptoException("There is too much associated data.");
    }
    return new CpaceMessage(Element.decodeUncompressed(share), associatedData);
  }

  /** The share as it is sent: 65 bytes. */
  public byte[] encodedShare() {
    return share.encodeUncompressed();
  }

  @Override
  public byte[] associatedData() {
    return associatedData.clone();
  }

  /** This message's part of the transcript. */
  byte[] transcript() {
    return CpaceSuite.withLengths(encodedShare(), associatedData);
  }

  @Override
  public String toString() {
    return "CpaceMessage(REDACTED)";
  }
}

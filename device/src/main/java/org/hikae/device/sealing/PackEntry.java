package org.hikae.device.sealing;

/**
 * Where a chunk lies in its pack.
 *
 * @param number position among the entries, from 0: part of the nonce
 * @param offset of the sealed bytes in the pack
 * @param sealedLength of the sealed bytes
 */
public record PackEntry(int number, int offset, int sealedLength) {

  /** Most entries of a pack, which bounds its directory. */
  public static final int MAX_ENTRIES = 65_536;
}

package org.hikae.device.keys;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;

/**
 * K under the K of the next generation (spec HK1-K-13): who has the new one reads what the old one
 * sealed, and never the other way round. Bound to the set and to both generations.
 */
public final class ChainWrap {

  private ChainWrap() {}

  /**
   * Seals {@code older} under {@code newer}, which must be of the same set and one generation
   * above.
   */
  public static byte[] seal(BackupKey older, BackupKey newer, SecureRandom random) {
    if (newer.generation() != older.generation() + 1
        || !MessageDigest.isEqual(newer.setId(), older.setId())) {
      throw new IllegalArgumentException(older + " is not the one before " + newer);
    }
    try (SecretBytes secret = newer.subkey(Subkey.CHAIN)) {
      return WrapSealer.seal(older, WrapMethod.CHAIN, params(newer), secret, random);
    }
  }

  /**
   * Opens the K before {@code newer}; the caller closes it.
   *
   * @throws MalformedException when the bytes are no chain that leads from {@code newer} one
   *     generation down
   * @throws CryptoException when it was sealed under another K, or a bit was changed
   */
  public static BackupKey open(BackupKey newer, byte[] wrap)
      throws MalformedException, CryptoException {
    WrapHeader header = WrapHeader.parse(wrap);
    boolean leadsDown =
        header.method() == WrapMethod.CHAIN
            && header.generation() == newer.generation() - 1
            && MessageDigest.isEqual(header.params(), params(newer))
            && MessageDigest.isEqual(header.setId(), newer.setId());
    if (!leadsDown) {
      throw new MalformedException(
          "The wrap "
              + TextCodec.hex(header.wrapId())
              + " does not lead from generation "
              + newer.generation()
              + " to the one before it.");
    }
    try (SecretBytes secret = newer.subkey(Subkey.CHAIN)) {
      return WrapSealer.open(wrap, secret);
    }
  }

  private static byte[] params(BackupKey newer) {
    return ByteBuffer.allocate(WrapMethod.CHAIN.paramsBytes())
        .putInt((int) newer.generation())
        .array();
  }
}

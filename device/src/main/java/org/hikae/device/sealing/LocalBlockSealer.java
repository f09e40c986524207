package org.hikae.device.sealing;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.aead.AesGcmOpener;
import org.hikae.crypto.kdf.SecretBytes;

/**
 * Blocks of a file that a device keeps for itself and can make anew, each sealed on its own: with a
 * key of its own, for its place in this file of this series.
 */
public final class LocalBlockSealer {

  private static final String MAGIC = "HKN1";
  private static final String PURPOSE = "HK1 names";
  private static final int PLACE_BYTES = 16 + 4;

  private final SecretBytes key;
  private final byte[] place;

  /**
   * For the blocks of one file.
   *
   * @param key not closed here
   * @param context of which series
   * @param file names this file alone, 16 bytes
   */
  public LocalBlockSealer(SecretBytes key, SealContext context, byte[] file) {
    this.key = key;
    byte[] series = context.encode();
    this.place = ByteBuffer.allocate(series.length + PLACE_BYTES).put(series).put(file).array();
  }

  /** The last four bytes are free for it. */
  private byte[] place(int number) {
    byte[] numbered = place.clone();
    return ByteBuffer.wrap(numbered).putInt(numbered.length - 4, number).array();
  }

  /** Seals block {@code number}. */
  public byte[] seal(int number, byte[] plain, SecureRandom random) {
    SealHeader header = SealHeader.create(MAGIC, PURPOSE, key, place(number), plain, random);
    byte[] sealed = header.seal(0, plain);
    return ByteBuffer.allocate(SealHeader.BYTES + sealed.length)
        .put(header.bytes())
        .put(sealed)
        .array();
  }

  /**
   * Opens block {@code number}. Safe for several threads.
   *
   * @throws DamagedDataException when it is another one, or was altered
   */
  public byte[] open(int number, byte[] block) throws DamagedDataException {
    SealHeader header = SealHeader.read(MAGIC, PURPOSE, key, place(number), block);
    int sealed = block.length - SealHeader.BYTES;
    if (sealed < AesGcm.TAG_BYTES) {
      throw new DamagedDataException("A sealed object is cut short.");
    }
    byte[] plain = new byte[sealed - AesGcm.TAG_BYTES];
    var _ = header.open(new AesGcmOpener(), 0, block, SealHeader.BYTES, sealed, plain);
    return plain;
  }
}

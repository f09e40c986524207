package org.hikae.device.sealing;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;

/**
 * The sealed root of a snapshot (spec HK1-S-06). Its key depends on the place in the series, so a
 * root served for another snapshot, device or set does not open.
 */
public final class SealedRoot {

  private static final String MAGIC = "HK1r";
  private static final String PURPOSE = "HK1 root";

  private SealedRoot() {}

  /**
   * The place of a snapshot in its series.
   *
   * @param context set, generation and device
   * @param sequence from 1
   * @param previous hash of the stub before
   */
  public record SeriesPlace(SealContext context, long sequence, Hash256 previous) {

    private byte[] encode() {
      byte[] series = context.encode();
      return ByteBuffer.allocate(series.length + 8 + Hk1Constants.HASH_BYTES)
          .put(series)
          .putLong(sequence)
          .put(previous.toBytes())
          .array();
    }
  }

  /** Seals the content of a root. */
  public static byte[] seal(
      SecretBytes manifestKey, SeriesPlace place, byte[] content, SecureRandom random) {
    SealHeader header =
        SealHeader.create(MAGIC, PURPOSE, manifestKey, place.encode(), content, random);
    int fixed = SealHeader.BYTES + AesGcm.TAG_BYTES;
    int padded = PadmePadding.size(fixed + 4 + content.length) - fixed;
    byte[] plain = ByteBuffer.allocate(padded).putInt(content.length).put(content).array();
    byte[] sealed = header.seal(0, plain);
    return ByteBuffer.allocate(SealHeader.BYTES + sealed.length)
        .put(header.bytes())
        .put(sealed)
        .array();
  }

  /**
   * Opens a root for the place where it was found.
   *
   * @param object has the hash that the snapshot's stub names, so that what it begins with is what
   *     was committed
   */
  public static byte[] open(SecretBytes manifestKey, SeriesPlace place, byte[] object)
      throws DamagedDataException {
    if (SealHeader.isLater(MAGIC, object)) {
      throw new NewerFormatException();
    }
    SealHeader header = SealHeader.read(MAGIC, PURPOSE, manifestKey, place.encode(), object);
    byte[] plain = header.open(0, Arrays.copyOfRange(object, SealHeader.BYTES, object.length));
    if (plain.length < 4) {
      throw new DamagedDataException("A snapshot's root is cut short.");
    }
    int length = ByteBuffer.wrap(plain).getInt();
    if (length < 0 || length > plain.length - 4) {
      throw new DamagedDataException("A snapshot's root has an impossible length.");
    }
    return Arrays.copyOfRange(plain, 4, 4 + length);
  }
}

package org.hikae.device.sealing;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What is sealed for one chunk: codec, length, and the bytes, compressed where that helps. */
final class Frame {

  /** Largest chunk. */
  static final int MAX_RAW_BYTES = 4 * 1024 * 1024;

  /** Longest frame: one that is not compressed. */
  static final int MAX_BYTES = 5 + MAX_RAW_BYTES;

  private static final int HEADER_BYTES = 5;
  private static final byte RAW = 0;
  private static final byte ZSTD = 1;
  private static final int LEVEL = 3;

  /** Below this size compression saves less than it costs. */
  private static final int MIN_COMPRESSED_BYTES = 128;

  private Frame() {}

  static byte[] encode(byte[] data, int offset, int length) {
    if (length > MAX_RAW_BYTES) {
      throw new IllegalArgumentException("a chunk has at most 4 MiB, not " + length);
    }
    if (length >= MIN_COMPRESSED_BYTES) {
      byte[] out = new byte[HEADER_BYTES + Math.toIntExact(Zstd.compressBound(length))];
      long packed =
          Zstd.compressByteArray(
              out, HEADER_BYTES, out.length - HEADER_BYTES, data, offset, length, LEVEL);
      if (!Zstd.isError(packed) && packed < length - length / 32) {
        ByteBuffer.wrap(out).put(ZSTD).putInt(length);
        return Arrays.copyOf(out, HEADER_BYTES + Math.toIntExact(packed));
      }
    }
    return ByteBuffer.allocate(HEADER_BYTES + length)
        .put(RAW)
        .putInt(length)
        .put(data, offset, length)
        .array();
  }

  /** The plain length that a frame of {@code length} bytes says it has. */
  static int rawLength(byte[] frame, int length) throws DamagedException {
    if (length < HEADER_BYTES) {
      throw new DamagedException("A chunk is cut short.");
    }
    int raw = ByteBuffer.wrap(frame).getInt(1);
    if (raw < 0 || raw > MAX_RAW_BYTES) {
      throw new DamagedException("A chunk says it has an impossible length.");
    }
    return raw;
  }

  /**
   * Takes the plain bytes out of a frame.
   *
   * @param length of the frame, which may be shorter than its array
   * @param into filled from its start; has room for {@link #rawLength}
   */
  static void decode(byte[] frame, int length, byte[] into, ZstdDecompressCtx zstd)
      throws DamagedException {
    int raw = rawLength(frame, length);
    int packed = length - HEADER_BYTES;
    if (frame[0] == RAW && packed == raw) {
      System.arraycopy(frame, HEADER_BYTES, into, 0, raw);
      return;
    }
    if (frame[0] != ZSTD) {
      throw new DamagedException("A chunk has an unknown codec or a wrong length.");
    }
    try {
      if (zstd.decompressByteArray(into, 0, raw, frame, HEADER_BYTES, packed) == raw) {
        return;
      }
    } catch (ZstdException e) {
      // Refused below like any other bytes that are not what they should be.
    }
    throw new DamagedException("A chunk cannot be decompressed.");
  }
}

package org.hikae.device.sealing;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What is sealed for one chunk: codec, length, and the bytes, compressed where that helps. */
final class Frame {

  /** Largest chunk. */
  static final int MAX_RAW_BYTES = 4 * 1024 * 1024;

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

  static byte[] decode(byte[] frame) throws DamagedException {
    if (frame.length < HEADER_BYTES) {
      throw new DamagedException("A chunk is cut short.");
    }
    ByteBuffer in = ByteBuffer.wrap(frame);
    int codec = in.get();
    int length = in.getInt();
    if (length < 0 || length > MAX_RAW_BYTES) {
      throw new DamagedException("A chunk says it has an impossible length.");
    }
    if (codec == RAW && in.remaining() == length) {
      return Arrays.copyOfRange(frame, HEADER_BYTES, frame.length);
    }
    if (codec != ZSTD) {
      throw new DamagedException("A chunk has an unknown codec or a wrong length.");
    }
    byte[] data = new byte[length];
    try {
      long unpacked =
          Zstd.decompressByteArray(
              data, 0, length, frame, HEADER_BYTES, frame.length - HEADER_BYTES);
      if (unpacked == length) {
        return data;
      }
    } catch (ZstdException e) {
      // Refused below like any other bytes that are not what they should be.
    }
    throw new DamagedException("A chunk cannot be decompressed.");
  }
}

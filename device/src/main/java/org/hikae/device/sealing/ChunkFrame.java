package org.hikae.device.sealing;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What is sealed for one chunk: codec, length, and the bytes, compressed where that helps. */
final class ChunkFrame {

  /** Largest chunk. */
  static final int MAX_RAW_BYTES = 4 * 1024 * 1024;

  static final int HEADER_BYTES = 5;
  static final byte RAW = 0;
  static final byte ZSTD = 1;

  /** Longest frame: one that is not compressed. */
  static final int MAX_BYTES = HEADER_BYTES + MAX_RAW_BYTES;

  private ChunkFrame() {}

  /** The frame of one chunk; whoever has many uses one {@link ChunkFrameEncoder} for all. */
  static byte[] encode(byte[] data, int offset, int length) {
    byte[] in = new byte[HEADER_BYTES + length];
    System.arraycopy(data, offset, in, HEADER_BYTES, length);
    byte[] out = new byte[ChunkFrameEncoder.outputBytes(length, 1)];
    try (ChunkFrameEncoder encoder = new ChunkFrameEncoder()) {
      ChunkFrameBytes frame = encoder.encode(in, HEADER_BYTES, length, out, 0);
      return Arrays.copyOfRange(frame.array(), frame.offset(), frame.offset() + frame.length());
    }
  }

  /** The plain length that a frame of {@code length} bytes says it has. */
  static int rawLength(byte[] frame, int length) throws DamagedDataException {
    if (length < HEADER_BYTES) {
      throw new DamagedDataException("A chunk is cut short.");
    }
    int raw = ByteBuffer.wrap(frame).getInt(1);
    if (raw < 0 || raw > MAX_RAW_BYTES) {
      throw new DamagedDataException("A chunk says it has an impossible length.");
    }
    return raw;
  }

  /** The same of a frame whose codec is one of the two. Its contents are not looked at. */
  static int headLength(byte[] frame, int length) throws DamagedDataException {
    int raw = rawLength(frame, length);
    if (frame[0] != ZSTD && (frame[0] != RAW || length - HEADER_BYTES != raw)) {
      throw new DamagedDataException("A chunk has an unknown codec or a wrong length.");
    }
    return raw;
  }

  /**
   * Whether the plain bytes follow the head as they are.
   *
   * @throws DamagedDataException as for {@link #headLength}
   */
  static boolean isRaw(byte[] frame, int length) throws DamagedDataException {
    int raw = headLength(frame, length);
    return frame[0] == RAW && raw == length - HEADER_BYTES;
  }

  /**
   * Takes the plain bytes out of a frame.
   *
   * @param length of the frame, which may be shorter than its array
   * @param into filled from its start; has room for {@link #rawLength}
   */
  static void decode(byte[] frame, int length, byte[] into, ZstdDecompressCtx zstd)
      throws DamagedDataException {
    int raw = headLength(frame, length);
    int packed = length - HEADER_BYTES;
    if (frame[0] == RAW) {
      System.arraycopy(frame, HEADER_BYTES, into, 0, raw);
      return;
    }
    try {
      if (zstd.decompressByteArray(into, 0, raw, frame, HEADER_BYTES, packed) == raw) {
        return;
      }
    } catch (ZstdException e) {
      // Refused below like any other bytes that are not what they should be.
    }
    throw new DamagedDataException("A chunk cannot be decompressed.");
  }
}

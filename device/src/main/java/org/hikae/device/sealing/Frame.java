package org.hikae.device.sealing;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What is sealed for one chunk: codec, length, and the bytes, compressed where that helps. */
final class Frame {

  /** Largest chunk. */
  static final int MAX_RAW_BYTES = 4 * 1024 * 1024;

  static final int HEADER_BYTES = 5;
  static final byte RAW = 0;
  static final byte ZSTD = 1;

  private Frame() {}

  /** The frame of one chunk; whoever has many uses one {@link FrameEncoder} for all. */
  static byte[] encode(byte[] data, int offset, int length) {
    byte[] in = new byte[HEADER_BYTES + length];
    System.arraycopy(data, offset, in, HEADER_BYTES, length);
    byte[] out = new byte[FrameEncoder.outputBytes(length, 1)];
    try (FrameEncoder encoder = new FrameEncoder()) {
      FrameBytes frame = encoder.encode(in, HEADER_BYTES, length, out, 0);
      return Arrays.copyOfRange(frame.array(), frame.offset(), frame.offset() + frame.length());
    }
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

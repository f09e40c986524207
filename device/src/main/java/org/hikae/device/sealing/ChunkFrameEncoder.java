package org.hikae.device.sealing;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/**
 * Makes frames (spec HK1-C-03): compressed where that saves at least a thirty-second part, else
 * raw. The compressor's memory outside the heap, some MiB, is kept from chunk to chunk. The same
 * chunk gives the same frame whatever came before it. One instance serves one thread.
 */
public final class ChunkFrameEncoder implements AutoCloseable {

  /** What a frame has in front of its data. */
  public static final int HEADER_BYTES = ChunkFrame.HEADER_BYTES;

  /**
   * Level 2, and matches of 5 bytes where it has 6: takes three quarters of the time of level 3,
   * for two hundredths more of what can be compressed.
   */
  private static final int LEVEL = 2;

  private static final int MIN_MATCH_BYTES = 5;

  /** What the bound of a short chunk has more than its part of the bound of them all. */
  private static final int BOUND_SLACK = 64;

  /** Below this size compression saves less than it costs. */
  private static final int MIN_COMPRESSED_BYTES = 128;

  private final ZstdCompressCtx zstd =
      new ZstdCompressCtx().setLevel(LEVEL).setMinMatch(MIN_MATCH_BYTES);

  /** Room that the frames of so many chunks, of {@code length} bytes together, need for sure. */
  public static int outputBytes(int length, int chunks) {
    // Only the last may need the whole bound: a frame that does not become shorter stays raw.
    return chunks * HEADER_BYTES + Math.toIntExact(Zstd.compressBound(length)) + BOUND_SLACK;
  }

  /**
   * Makes the frame of one chunk.
   *
   * @param data the chunk, with {@link #HEADER_BYTES} in front of it that may be overwritten
   * @param offset where the chunk begins
   * @param length of the chunk, in bytes, at most 4 MiB
   * @param out where a compressed frame goes, from {@code at}
   * @return the frame: in {@code out}, or in {@code data} when it stays raw
   */
  public ChunkFrameBytes encode(byte[] data, int offset, int length, byte[] out, int at) {
    if (length > ChunkFrame.MAX_RAW_BYTES) {
      throw new IllegalArgumentException("a chunk has at most 4 MiB, not " + length);
    }
    if (length >= MIN_COMPRESSED_BYTES) {
      int from = at + HEADER_BYTES;
      int packed = zstd.compressByteArray(out, from, out.length - from, data, offset, length);
      if (packed < length - length / 32) {
        ByteBuffer.wrap(out, at, HEADER_BYTES).put(ChunkFrame.ZSTD).putInt(length);
        return new ChunkFrameBytes(out, at, HEADER_BYTES + packed);
      }
    }
    int start = offset - HEADER_BYTES;
    ByteBuffer.wrap(data, start, HEADER_BYTES).put(ChunkFrame.RAW).putInt(length);
    return new ChunkFrameBytes(data, start, HEADER_BYTES + length);
  }

  @Override
  public void close() {
    zstd.close();
  }
}

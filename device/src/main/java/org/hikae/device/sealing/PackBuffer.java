package org.hikae.device.sealing;

import java.util.Arrays;

/**
 * Where the frames of a pack wait until it is closed, one pack after the other: it grows to the
 * size of the largest and is then used again as it is. One instance serves one pack at a time.
 */
public final class PackBuffer {

  private static final int FIRST_BYTES = 64 * 1024;

  /** The frames of a pack are at most this long before its last chunk, as a rule. */
  private static final int USUAL_BYTES = PackWriter.TARGET_BYTES + 2 * 1024 * 1024;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;

  /** Room for a small pack. */
  public PackBuffer() {}

  void clear() {
    size = 0;
  }

  /** Copies a frame behind those that are there. */
  void add(ChunkFrameBytes frame) {
    int needed = Math.addExact(size, frame.length());
    if (needed > bytes.length) {
      int doubled = Math.min(2 * bytes.length, Math.max(bytes.length, USUAL_BYTES));
      bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
    }
    System.arraycopy(frame.array(), frame.offset(), bytes, size, frame.length());
    size = needed;
  }

  /** A part of what was added; valid until the next pack. */
  ChunkFrameBytes part(int offset, int length) {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new IllegalArgumentException("there is no such frame");
    }
    return new ChunkFrameBytes(bytes, offset, length);
  }
}

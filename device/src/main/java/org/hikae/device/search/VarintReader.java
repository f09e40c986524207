package org.hikae.device.search;

import java.nio.ByteBuffer;

/**
 * Reads what {@link VarintWriter} wrote; throws {@link IllegalArgumentException} or {@link
 * java.nio.BufferUnderflowException} at anything else.
 */
final class VarintReader {

  private final ByteBuffer in;

  VarintReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  long number() {
    long value = unsigned();
    if (value < 0) {
      throw new IllegalArgumentException("negative");
    }
    return value;
  }

  /** A number from 0 to {@code most}. */
  int count(int most) {
    long value = unsigned();
    if (value < 0 || value > most) {
      throw new IllegalArgumentException("out of range");
    }
    return (int) value;
  }

  long signed() {
    long bits = unsigned();
    return (bits >>> 1) ^ -(bits & 1);
  }

  /** Passes over so many numbers, whatever they are. */
  void skip(int numbers) {
    for (int left = numbers; left > 0; left--) {
      var _ = unsigned();
    }
  }

  private long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("too long");
  }

  byte[] bytes() {
    byte[] bytes = new byte[count(in.remaining())];
    in.get(bytes);
    return bytes;
  }
}

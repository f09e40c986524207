package org.hikae.device.search;

import java.io.ByteArrayOutputStream;

/** Writes numbers in as few bytes as they need, seven bits in each, the lowest first. */
final class VarintWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A number that is not negative. */
  void number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("not negative");
    }
    unsigned(value);
  }

  /** Any number: those near zero are short. */
  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  private void unsigned(long bits) {
    long left = bits;
    while ((left & ~0x7fL) != 0) {
      out.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  void bytes(byte[] bytes) {
    number(bytes.length);
    out.writeBytes(bytes);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}

package org.hikae.hk1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The one way bytes become the input of a signature, a MAC or a hash in HK1 (spec HK1-N-02): the
 * purpose {@code "HK1 <purpose>"} first, then each field, every one preceded by its length as an
 * unsigned 32-bit big-endian number. Two different lists of fields therefore never have the same
 * encoding, and bytes made for one purpose never serve another.
 *
 * <p>Also used without a purpose as the body encoding of vault messages; {@link TranscriptReader}
 * reads it back.
 */
public final class Transcript {

  private static final int FIRST_BYTES = 512;

  private ByteBuffer out = ByteBuffer.allocate(FIRST_BYTES);

  private Transcript() {}

  /** Starts a transcript for one purpose, such as {@code "device session"}. */
  public static Transcript of(String purpose) {
    return new Transcript().add(("HK1 " + purpose).getBytes(StandardCharsets.US_ASCII));
  }

  /** Starts a plain sequence of fields, for message bodies that are authenticated otherwise. */
  public static Transcript fields() {
    return new Transcript();
  }

  /** Adds a field of any length. */
  public Transcript add(byte[] field) {
    Objects.requireNonNull(field, "field");
    start(field.length).put(field);
    return this;
  }

  /** Adds a text field in UTF-8. */
  public Transcript add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds an unsigned 8-bit number, 0 to 255. */
  public Transcript addU8(int value) {
    requireRange(value, 0xff);
    start(Byte.BYTES).put((byte) value);
    return this;
  }

  /** Adds an unsigned 16-bit number, 0 to 65535. */
  public Transcript addU16(int value) {
    requireRange(value, 0xffff);
    start(Short.BYTES).putShort((short) value);
    return this;
  }

  /** Adds an unsigned 32-bit number, 0 to 4294967295. */
  public Transcript addU32(long value) {
    requireRange(value, 0xffff_ffffL);
    start(Integer.BYTES).putInt((int) value);
    return this;
  }

  /** Adds a non-negative 64-bit number. */
  public Transcript addU64(long value) {
    requireRange(value, Long.MAX_VALUE);
    start(Long.BYTES).putLong(value);
    return this;
  }

  /** The encoding so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(out.array(), out.position());
  }

  /** Writes the length of a field; what is returned has room for it. */
  private ByteBuffer start(int length) {
    int needed = Math.addExact(Math.addExact(out.position(), Integer.BYTES), length);
    if (needed > out.capacity()) {
      int twice = (int) Math.min(2L * out.capacity(), Integer.MAX_VALUE - Long.BYTES);
      out = ByteBuffer.allocate(Math.max(twice, needed)).put(out.flip());
    }
    return out.putInt(length);
  }

  private static void requireRange(long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException("value (" + value + ") must be between 0 and " + max);
    }
  }
}

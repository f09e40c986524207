package org.hikae.hk1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The one way bytes become the input of a signature, a MAC or a hash in HK1 (spec HK1-N-02): the
 * purpose {@code "HK1 <purpose>"} first, then each field, every one preceded by its length as an
 * unsigned 32-bit big-endian number. Two different lists of fields therefore never have the same
 * encoding, and bytes made for one purpose never serve another.
 *
 * <p>Also used without a purpose as the body encoding of vault messages; {@link FieldReader} reads
 * it back.
 */
public final class Transcript {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

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
    out.writeBytes(ByteBuffer.allocate(4).putInt(field.length).array());
    out.writeBytes(field);
    return this;
  }

  /** Adds a text field in UTF-8. */
  public Transcript add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds an unsigned 8-bit number, 0 to 255. */
  public Transcript addU8(int value) {
    requireRange(value, 0xff);
    return add(new byte[] {(byte) value});
  }

  /** Adds an unsigned 16-bit number, 0 to 65535. */
  public Transcript addU16(int value) {
    requireRange(value, 0xffff);
    return add(ByteBuffer.allocate(2).putShort((short) value).array());
  }

  /** Adds an unsigned 32-bit number, 0 to 4294967295. */
  public Transcript addU32(long value) {
    requireRange(value, 0xffff_ffffL);
    return add(ByteBuffer.allocate(4).putInt((int) value).array());
  }

  /** Adds a non-negative 64-bit number. */
  public Transcript addU64(long value) {
    requireRange(value, Long.MAX_VALUE);
    return add(ByteBuffer.allocate(8).putLong(value).array());
  }

  /** The encoding so far. */
  public byte[] toBytes() {
    return out.toByteArray();
  }

  private static void requireRange(long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException("value (" + value + ") must be between 0 and " + max);
    }
  }
}

package org.hikae.hk1;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Strict reader of what {@link Transcript} writes. Every field has a bound given by the caller;
 * anything too long, too short, or left over is refused with {@link MalformedException}. It never
 * allocates more than the input's own length.
 */
public final class TranscriptReader {

  private final ByteBuffer in;

  /** Reads from a copy-free view of {@code bytes}; the caller must not change them meanwhile. */
  public TranscriptReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /** Reads the purpose written by {@link Transcript#of} and refuses any other. */
  public TranscriptReader expectPurpose(String purpose) throws MalformedException {
    if (!text("purpose", 64).equals("HK1 " + purpose)) {
      throw new MalformedException(
          "These bytes were made for another purpose than " + purpose + ".");
    }
    return this;
  }

  /** A field of exactly {@code length} bytes. */
  public byte[] exactly(String name, int length) throws MalformedException {
    byte[] field = atMost(name, length);
    if (field.length != length) {
      throw new MalformedException(
          name + " must have " + length + " bytes, not " + field.length + ".");
    }
    return field;
  }

  /** A field of at most {@code maxLength} bytes. */
  public byte[] atMost(String name, int maxLength) throws MalformedException {
    if (in.remaining() < 4) {
      throw new MalformedException(name + " is missing.");
    }
    int length = in.getInt();
    if (length < 0 || length > maxLength) {
      throw new MalformedException(name + " may have at most " + maxLength + " bytes.");
    }
    if (length > in.remaining()) {
      throw new MalformedException(name + " is cut short.");
    }
    byte[] field = new byte[length];
    in.get(field);
    return field;
  }

  /** A text field in UTF-8 of at most {@code maxBytes} bytes. */
  public String text(String name, int maxBytes) throws MalformedException {
    byte[] field = atMost(name, maxBytes);
    try {
      CharBuffer chars =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(field));
      return chars.toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException(name + " is not valid UTF-8.");
    }
  }

  /** An unsigned 8-bit number. */
  public int u8(String name) throws MalformedException {
    return exactly(name, 1)[0] & 0xff;
  }

  /** An unsigned 16-bit number. */
  public int u16(String name) throws MalformedException {
    return ByteBuffer.wrap(exactly(name, 2)).getShort() & 0xffff;
  }

  /** An unsigned 32-bit number. */
  public long u32(String name) throws MalformedException {
    return ByteBuffer.wrap(exactly(name, 4)).getInt() & 0xffff_ffffL;
  }

  /** A non-negative 64-bit number. */
  public long u64(String name) throws MalformedException {
    long value = ByteBuffer.wrap(exactly(name, 8)).getLong();
    if (value < 0) {
      throw new MalformedException(name + " is too large.");
    }
    return value;
  }

  /** True when every byte was read. */
  public boolean atEnd() {
    return !in.hasRemaining();
  }

  /** Refuses trailing bytes. */
  public void end() throws MalformedException {
    if (in.hasRemaining()) {
      throw new MalformedException("There are " + in.remaining() + " bytes after the last field.");
    }
  }
}

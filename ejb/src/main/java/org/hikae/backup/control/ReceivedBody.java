package org.hikae.backup.control;

import java.io.IOException;
import java.io.InputStream;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Receives the body of one object: whole, of the stated length, and with the hash that its name
 * says, or not at all. It takes no more bytes than stated, whatever the sender does.
 */
public final class ReceivedBody {

  private ReceivedBody() {}

  /** Refuses a length that is absent (negative) or above the limit, before anything is read. */
  public static void requireLength(long contentLength) {
    requireLength(contentLength, Hk1Constants.MAX_OBJECT_BYTES);
  }

  /** The same with another limit, in bytes. */
  public static void requireLength(long contentLength, long most) {
    if (contentLength < 0) {
      throw Refusal.malformed("Content-Length is missing.");
    }
    if (contentLength > most) {
      throw Refusal.tooLarge(most);
    }
  }

  /** Reads exactly {@code contentLength} bytes, whatever they are. */
  public static byte[] read(InputStream body, long contentLength) {
    requireLength(contentLength);
    return readAll(body, (int) contentLength);
  }

  /** Reads exactly {@code contentLength} bytes whose SHA-256 is {@code name}. */
  public static byte[] read(InputStream body, long contentLength, Hash256 name) {
    byte[] bytes = read(body, contentLength);
    if (!Hash256.sha256(bytes).equals(name)) {
      throw Refusal.of(ProblemCode.NAME_MISMATCH);
    }
    return bytes;
  }

  private static byte[] readAll(InputStream body, int length) {
    byte[] bytes = new byte[length];
    try {
      if (body.readNBytes(bytes, 0, length) != length) {
        throw Refusal.of(ProblemCode.TRUNCATED);
      }
      if (body.read() >= 0) {
        throw Refusal.malformed("The body is longer than its Content-Length.");
      }
      return bytes;
    } catch (IOException e) {
      // The sender went away; nobody will read this answer, and nothing is kept.
      throw Refusal.of(ProblemCode.TRUNCATED);
    }
  }
}

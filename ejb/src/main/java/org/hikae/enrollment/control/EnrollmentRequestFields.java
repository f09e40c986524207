package org.hikae.enrollment.control;

import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.problem.control.PlainTextCheck;
import org.hikae.problem.control.Refusal;

/**
 * Reads the fields that devices send, each with its bound; what does not fit is refused as
 * malformed.
 */
public final class EnrollmentRequestFields {

  private EnrollmentRequestFields() {}

  /** A text of 1 to {@code maxChars} characters without control characters and not only blanks. */
  public static String text(String name, String value, int maxChars) {
    boolean plain = !value.isBlank() && value.length() <= maxChars && PlainTextCheck.isLine(value);
    if (!plain) {
      throw Refusal.malformed(
          name + " must have 1 to " + maxChars + " characters, none of them control characters.");
    }
    return value;
  }

  /**
   * A text of at most {@code maxChars} characters, which may be empty; of control characters only
   * the end of a line, and only in {@code paragraphs}.
   */
  public static String prose(String name, String value, int maxChars, boolean paragraphs) {
    boolean plain =
        value.length() <= maxChars
            && PlainTextCheck.isLine(paragraphs ? value.replace("\n", "") : value);
    if (!plain) {
      throw Refusal.malformed(
          name
              + " must have at most "
              + maxChars
              + " characters, none of them control characters"
              + (paragraphs ? " but line feeds." : "."));
    }
    return value;
  }

  /** A 16-byte identifier; returned as it came. */
  public static String id(String name, String hex) {
    idBytes(name, hex);
    return hex;
  }

  /** The bytes of a 16-byte identifier. */
  public static byte[] idBytes(String name, String hex) {
    try {
      return TextCodec.parseId(name, hex);
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }

  /** Bytes in base64url, at most {@code maxBytes}. */
  public static byte[] bytes(String name, String base64, int maxBytes) {
    try {
      return TextCodec.parseBase64(name, base64, maxBytes);
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }

  /** A device's public key. */
  public static DeviceKey key(String base64) {
    try {
      return DeviceKey.parse(bytes("publicKey", base64, Hk1Constants.MAX_SPKI_BYTES));
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }
}

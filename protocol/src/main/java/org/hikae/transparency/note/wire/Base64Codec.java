package org.hikae.transparency.note.wire;

import java.util.Base64;
import org.hikae.hk1.MalformedException;

/**
 * Base64 with padding (RFC 4648, section 4), as C2SP's formats have it. One form for each value.
 */
final class Base64Codec {

  private Base64Codec() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Reads exactly what {@link #encode} writes: padding is there, and unused bits are zero. */
  static byte[] decode(String name, String text) throws MalformedException {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (encode(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // The same as another form of the same value.
    }
    throw new MalformedException(name + " must be Base64 with padding.");
  }
}

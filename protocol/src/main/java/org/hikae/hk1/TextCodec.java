package org.hikae.hk1;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Text forms of binary values in JSON and URLs: identifiers and hashes are lowercase hexadecimal,
 * keys, signatures and blobs are base64url without padding (RFC 4648, section 5). Readers accept
 * exactly one form.
 */
public final class TextCodec {

  private static final HexFormat HEX = HexFormat.of();

  private TextCodec() {}

  /**
   * The device's identifier: the first 16 bytes of SHA-256 of its public key
   * (SubjectPublicKeyInfo).
   */
  public static byte[] deviceId(byte[] publicKey) {
    return Arrays.copyOf(Hash256.sha256(publicKey).toBytes(), Hk1Constants.ID_BYTES);
  }

  /** Lowercase hexadecimal digits. */
  public static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  /** Reads a 16-byte identifier of 32 lowercase hexadecimal digits. */
  public static byte[] parseId(String name, String hex) throws MalformedException {
    return parseHex(name, hex, Hk1Constants.ID_BYTES);
  }

  static byte[] parseHex(String name, String hex, int bytes) throws MalformedException {
    boolean plain =
        hex.length() == 2 * bytes
            && hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    if (!plain) {
      throw new MalformedException(
          name + " must be " + 2 * bytes + " lowercase hexadecimal digits.");
    }
    return HEX.parseHex(hex);
  }

  /** base64url without padding. */
  public static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Reads base64url without padding of at most {@code maxBytes} bytes. */
  public static byte[] parseBase64(String name, String text, int maxBytes)
      throws MalformedException {
    if (text.length() > (maxBytes * 4L + 2) / 3) {
      throw new MalformedException(name + " may have at most " + maxBytes + " bytes.");
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (!base64(bytes).equals(text)) {
        throw new MalformedException(name + " must be base64url without padding.");
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw new MalformedException(name + " must be base64url without padding.");
    }
  }
}

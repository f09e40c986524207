package org.hikae.crypto.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Reads the vectors of the test resources. */
public final class RfcVectors {

  private RfcVectors() {}

  /** The parsed file {@code vectors/name}. */
  public static JsonNode load(String name) {
    try (InputStream in = RfcVectors.class.getResourceAsStream("/vectors/" + name)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A field in hexadecimal. */
  public static byte[] hex(JsonNode node, String field) {
    return hex(node.get(field).asText());
  }

  /** Hexadecimal digits as bytes. */
  public static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** Bytes as hexadecimal digits, which tests compare because failures are then readable. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** ASCII text as bytes. */
  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A copy with one bit changed. */
  public static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    return flipped;
  }
}

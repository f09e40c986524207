package org.hikae.caller.rest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.hk1.Hash256;
import org.hikae.problem.control.Refusal;

/**
 * The header {@code Idempotency-Key}: 1 to 255 visible characters of ASCII, bare or as a string in
 * double quotes (RFC 9651). Both say the same.
 */
final class IdempotencyKey {

  /** The header's name. */
  static final String HEADER = "Idempotency-Key";

  private static final Pattern QUOTED =
      Pattern.compile("\"(?<text>(?:[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])*)\"");
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private IdempotencyKey() {}

  /** The key in the header's values. */
  static String parse(List<String> values) {
    String value = values.size() == 1 ? values.getFirst().strip() : "";
    String key = value;
    if (value.startsWith("\"")) {
      Matcher quoted = QUOTED.matcher(value);
      key = quoted.matches() ? quoted.group("text").replaceAll("\\\\(.)", "$1") : "";
    }
    if (!VISIBLE.matcher(key).matches()) {
      throw Refusal.malformed(HEADER + " must be one of 1 to 255 visible characters.");
    }
    return key;
  }

  /** Hash of what is asked. */
  static String content(String method, String uri, byte[] body) {
    byte[] line = (method + " " + uri + "\n").getBytes(StandardCharsets.UTF_8);
    return Hash256.sha256(
            ByteBuffer.allocate(line.length + body.length).put(line).put(body).array())
        .hex();
  }
}

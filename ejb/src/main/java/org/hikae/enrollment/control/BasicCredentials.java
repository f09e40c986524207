package org.hikae.enrollment.control;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * User name and password of HTTP basic authentication (RFC 7617).
 *
 * @param user everything before the first colon
 * @param password everything behind it
 */
public record BasicCredentials(String user, String password) {

  /** Longest header that is looked at, in characters. */
  static final int MAX_HEADER_CHARS = 512;

  private static final String SCHEME = "basic ";

  /** Reads the Authorization header; empty when it is of another form, or absent. */
  public static Optional<BasicCredentials> parse(@Nullable String header) {
    if (header == null
        || header.length() > MAX_HEADER_CHARS
        || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    String pair;
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      pair = new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int colon = pair.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : Optional.of(new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return "BasicCredentials(REDACTED)";
  }
}

package org.hikae.notice.control;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What another server said, as it may be shown to the administrator who tries it. */
public final class ServerAnswer {

  /** Most characters of it. */
  public static final int MAX_CHARS = 300;

  private static final String HIDDEN = "…";

  /** Reply code and enhanced status code of SMTP (RFC 5321, 4.2; RFC 3463, 2). */
  private static final Pattern CODES =
      Pattern.compile("^[2-5][0-9]{2}(?:[ -][245]\\.[0-9]{1,3}\\.[0-9]{1,3}(?![0-9.]))?(?= |$)");

  private ServerAnswer() {}

  /**
   * One line without control characters.
   *
   * @param said by the other side; null for nothing
   * @param secrets what it may have been told and must not be shown, by whomever it is repeated
   */
  public static @Nullable String of(@Nullable String said, String... secrets) {
    if (said == null) {
      return null;
    }
    String text = said;
    for (String secret : secrets) {
      if (!secret.isEmpty()) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        text = text.replace(secret, HIDDEN);
        text = text.replace(Base64.getEncoder().encodeToString(bytes), HIDDEN);
      }
    }
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .map(point -> Character.getType(point) == Character.FORMAT ? ' ' : point)
        .map(point -> Character.isISOControl(point) ? ' ' : point)
        .forEach(line::appendCodePoint);
    String shown = line.toString().replaceAll(" {2,}", " ").strip();
    return shown.isEmpty()
        ? null
        : shown.substring(0, shown.offsetByCodePoints(0, Math.min(points(shown), MAX_CHARS)));
  }

  /**
   * Only the codes at the beginning of what a mail server said, such as {@code 535 5.7.8}.
   *
   * @param said by the other side; null for nothing
   */
  public static @Nullable String codes(@Nullable String said) {
    String line = of(said);
    Matcher codes = CODES.matcher(line == null ? "" : line);
    return codes.find() ? codes.group() : null;
  }

  private static int points(String text) {
    return text.codePointCount(0, text.length());
  }
}

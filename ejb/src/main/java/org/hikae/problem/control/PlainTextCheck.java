package org.hikae.problem.control;

/** What texts of clients may hold, wherever they come in. */
public final class PlainTextCheck {

  private PlainTextCheck() {}

  /**
   * Whether any database keeps the text as it is: PostgreSQL takes no U+0000, and half of a
   * surrogate pair is no character at all.
   */
  public static boolean isStorable(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || isHalf(c));
  }

  /** Whether the text is one line: storable, and without control characters. */
  public static boolean isLine(String text) {
    return text.codePoints().noneMatch(c -> Character.isISOControl(c) || isHalf(c));
  }

  /** The text, which is one line of at most {@code maxChars} characters, or a refusal. */
  public static String line(String name, String text, int maxChars) {
    if (text.length() > maxChars || !isLine(text)) {
      throw Refusal.malformed(
          name + " may have at most " + maxChars + " characters, none of them control characters.");
    }
    return text;
  }

  /** Two halves that belong together are one code point, which is no surrogate. */
  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}

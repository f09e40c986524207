package org.hikae.schema.value;

/** Makes a text as short as there is room for it. */
public final class TextTruncation {

  private TextTruncation() {}

  /**
   * The beginning of a text: at most so many characters, and no half of one at its end, for which
   * PostgreSQL would keep something else.
   */
  public static String to(String text, int maxChars) {
    if (text.length() <= maxChars) {
      return text;
    }
    boolean half = Character.isHighSurrogate(text.charAt(maxChars - 1));
    return text.substring(0, half ? maxChars - 1 : maxChars);
  }
}

package org.hikae.device.keys;

import java.util.Arrays;

/** Reads typed digits of any script into ASCII. */
public final class DigitParser {

  /** Most characters looked at: a key with every digit set apart is far below. */
  private static final int MAX_CHARS = 1024;

  private DigitParser() {}

  /**
   * Reads exactly so many digits of any script; blanks and hyphens between them are passed over.
   *
   * @throws DigitKeyException for another number of digits, or any other character
   */
  public static byte[] read(CharSequence typed, int count) throws DigitKeyException {
    if (typed.length() > MAX_CHARS) {
      throw DigitKeyException.wrongCount(count);
    }
    byte[] ascii = new byte[count];
    int found = 0;
    for (int at = 0; at < typed.length(); ) {
      int codePoint = Character.codePointAt(typed, at);
      at += Character.charCount(codePoint);
      int digit = Character.digit(codePoint, 10);
      if (digit >= 0 && Character.getType(codePoint) == Character.DECIMAL_DIGIT_NUMBER) {
        if (found == count) {
          Arrays.fill(ascii, (byte) 0);
          throw DigitKeyException.wrongCount(count);
        }
        ascii[found++] = (byte) ('0' + digit);
      } else if (!isSeparator(codePoint)) {
        Arrays.fill(ascii, (byte) 0);
        throw DigitKeyException.notADigit(found / DigitKey.ROW_DIGITS + 1);
      }
    }
    if (found != count) {
      Arrays.fill(ascii, (byte) 0);
      throw DigitKeyException.wrongCount(count);
    }
    return ascii;
  }

  private static boolean isSeparator(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        // White space of Unicode that Java does not count.
        || codePoint == 0x85
        || Character.getType(codePoint) == Character.DASH_PUNCTUATION
        // The minus sign and the long vowel mark stand where a hyphen was meant.
        || codePoint == 0x2212
        || codePoint == 0x30FC
        || codePoint == 0xFF70;
  }
}

package org.hikae.device;

import java.util.function.IntPredicate;

/** Text that others gave, so that it does nothing to what is shown around it (spec HK1-D-16). */
public final class TextControl {

  /** As many characters a name has at most (spec HK1-E-03). */
  private static final int NAME_CHARACTERS = 100;

  private TextControl() {}

  /** With a question mark in place of each such character. */
  public static String replaced(String text, IntPredicate hidden) {
    return text.codePoints()
        .map(c -> hidden.test(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Without any character that cannot be seen. */
  public static String plain(String text) {
    return replaced(text, c -> isControl(c) || Character.getType(c) == Character.FORMAT);
  }

  /**
   * The name of a person or a device. An honest one is never longer; one that is would push away
   * from the screen what is said beside it.
   */
  public static String name(String text) {
    String plain = plain(text);
    return plain.codePointCount(0, plain.length()) <= NAME_CHARACTERS
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, NAME_CHARACTERS)) + "\u2026";
  }

  /**
   * Whether a character controls a terminal, begins a line or turns text around, or is half of a
   * pair.
   */
  public static boolean isControl(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> turns(character);
    };
  }

  /** The property Bidi_Control of Unicode. */
  private static boolean turns(int character) {
    return character == 0x061c
        || (character >= 0x200e && character <= 0x200f)
        || (character >= 0x202a && character <= 0x202e)
        || (character >= 0x2066 && character <= 0x2069);
  }
}

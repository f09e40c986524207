package org.hikae.device.keys;

import java.security.SecureRandom;

/**
 * A password for people who would rather not invent one: four groups of three syllables that are
 * easy to say in Japanese and in English, such as {@code nakiso-temuga-rohiku-sayonu}. 72 bits, far
 * beyond what the vault's attempts allow to guess.
 */
public final class PasswordGenerator {

  private static final String[] CONSONANTS = {
    "k", "s", "t", "n", "h", "m", "y", "r", "g", "z", "d", "b", "p", "w", "j", "f"
  };
  private static final String[] VOWELS = {"a", "i", "u", "o"};
  private static final int GROUPS = 4;
  private static final int SYLLABLES = 3;

  private PasswordGenerator() {}

  /** Draws one: 12 syllables of 64 each. The caller overwrites the characters after use. */
  public static char[] generate(SecureRandom random) {
    StringBuilder made = new StringBuilder(GROUPS * (2 * SYLLABLES + 1));
    for (int group = 0; group < GROUPS; group++) {
      if (group > 0) {
        made.append('-');
      }
      for (int i = 0; i < SYLLABLES; i++) {
        made.append(CONSONANTS[random.nextInt(CONSONANTS.length)]);
        made.append(VOWELS[random.nextInt(VOWELS.length)]);
      }
    }
    char[] chars = new char[made.length()];
    made.getChars(0, chars.length, chars, 0);
    for (int i = 0; i < chars.length; i++) {
      made.setCharAt(i, ' ');
    }
    return chars;
  }
}

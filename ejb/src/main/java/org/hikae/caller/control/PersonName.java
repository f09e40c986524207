package org.hikae.caller.control;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** Puts given and family name in the order in which people read them. */
public final class PersonName {

  private static final Set<UnicodeScript> FAMILY_FIRST =
      EnumSet.of(
          UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

  private PersonName() {}

  /** Family name first when it is written in Chinese, Japanese or Korean script; else last. */
  public static String of(String given, String family) {
    boolean familyFirst =
        family.codePoints().anyMatch(c -> FAMILY_FIRST.contains(UnicodeScript.of(c)));
    String name = familyFirst ? family + " " + given : given + " " + family;
    return name.strip();
  }
}

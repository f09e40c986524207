package org.hikae.it.client;

/**
 * Names that were chosen to break what shows them: a formula, what opens a script and hides its
 * end, an element that would run one, marks that turn around what follows, and no place to break
 * the line for as long as a name may be.
 */
public final class HostileNames {

  private static final String FORMULA = "=1+1";
  private static final String OPENER = "<!--<script>";
  private static final String TURN = "\u202egnp.exe";
  private static final String TRICKS =
      FORMULA + OPENER + "<img src=x onerror=planted=1>" + TURN + "'{}#\\&amp;";

  /** What a sign-on takes in the name of a person; it has rules of its own. */
  private static final String OF_PERSON = "-1+1" + TURN;

  private HostileNames() {}

  /** One of so many characters, which has neither a comma nor double quotes nor a slash. */
  public static String of(int chars) {
    return filled(TRICKS, chars);
  }

  /** A given name. */
  public static String given() {
    return OF_PERSON;
  }

  /** A family name that makes the whole name longer than what is kept of it. */
  public static String family() {
    return filled("", 255);
  }

  /**
   * The same of characters with two halves, the first of which is the last that there is room for.
   */
  public static String familyOfPairs() {
    return "x" + "\ud83d\ude00".repeat(127);
  }

  private static String filled(String beginning, int chars) {
    return beginning + "W".repeat(chars - beginning.length());
  }
}

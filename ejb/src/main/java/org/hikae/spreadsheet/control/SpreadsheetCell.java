package org.hikae.spreadsheet.control;

import java.text.Normalizer;

/**
 * A value in comma-separated values (RFC 4180) that a spreadsheet opens. What one would take for a
 * formula gets an apostrophe in front, so that no name of a device or a person is ever calculated.
 */
public final class SpreadsheetCell {

  private static final String FORMULA = "=+-@";

  /** The sign of mathematics, which spreadsheets take for a hyphen. */
  private static final int MINUS = '\u2212';

  private SpreadsheetCell() {}

  /** The value as it stands between commas. */
  public static String of(String value) {
    String safe = isTakenForFormula(value) ? "'" + value : value;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  /**
   * Spreadsheets begin a formula at these signs, in Japanese and Chinese also at their full-width
   * forms, and some drop what cannot be seen before them. A control character at the beginning may
   * also end the cell and let the rest begin another one.
   */
  private static boolean isTakenForFormula(String value) {
    if (value.isEmpty()) {
      return false;
    }
    if (Character.isISOControl(value.charAt(0))) {
      return true;
    }
    int first = value.codePoints().filter(c -> !isUnseen(c)).findFirst().orElse(' ');
    String form = Normalizer.normalize(Character.toString(first), Normalizer.Form.NFKC);
    return FORMULA.indexOf(form.charAt(0)) >= 0 || first == MINUS;
  }

  private static boolean isUnseen(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }
}

package org.hikae.runtime.control;

/**
 * A value in comma-separated values (RFC 4180) that a spreadsheet opens. What it would take for a
 * formula gets an apostrophe in front, so that no name of a device or a person is ever calculated.
 */
public final class SheetCell {

  private static final String FORMULA = "=+-@\t\r";

  private SheetCell() {}

  /** The value as it stands between commas. */
  public static String of(String value) {
    String safe = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}

package org.hikae.runtime.control;

import java.util.Locale;

/** Numbers as people read them, the same on pages and in messages. */
public final class NumberText {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final int STEP = 1024;

  private NumberText() {}

  /** Bytes, such as {@code 1.4 GiB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    String number =
        unit == 0 || value >= 100
            ? String.format(Locale.ROOT, "%.0f", value)
            : String.format(Locale.ROOT, "%.1f", value);
    return number + " " + UNITS[unit];
  }

  /** A whole number with separators between thousands. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
